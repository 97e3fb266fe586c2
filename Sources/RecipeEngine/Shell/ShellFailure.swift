public import ServerPilot

/// Why a script did not run on another host, or nobody knows how it ended.
public struct ShellFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is; more may come.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// What was asked for cannot be; nothing was tried.
        case invalid = "ssh_invalid"
        /// There is no `ssh` to run.
        case missing = "ssh_missing"
        /// The private key cannot be used: it is missing, or others can read it.
        case identity = "ssh_identity"
        /// The host's name stands for nothing.
        case unknownName = "ssh_unknown_name"
        /// The host does not answer at that port.
        case notReached = "ssh_not_reached"
        /// A host on the way cannot be reached or does not let through.
        case jumpFailed = "ssh_jump_failed"
        /// Nobody has said that the host's key is the right one.
        case unknownHostKey = "ssh_unknown_host_key"
        /// The host has another key than it should.
        case wrongHostKey = "ssh_wrong_host_key"
        /// The host does not let this user in.
        case loginRefused = "ssh_login_refused"
        /// The host lets the user in, and does not run what it is told.
        case noShell = "ssh_no_shell"
        /// The connection ended before the script did.
        case connectionLost = "ssh_connection_lost"
        /// The script took too long.
        case timedOut = "ssh_timed_out"
        /// The script was begun, and nobody knows how it ended.
        case unknown = "ssh_unknown"
        /// What was under way was cancelled.
        case cancelled = "ssh_cancelled"
        /// Ssh, or something on the host, failed in another way; the message has its words.
        case failed = "ssh_failed"
    }

    /// What kind of failure it is.
    public let code: Code
    /// What happened, on what; a sentence in lower case without its full stop.
    public let message: String
    /// What to do about it.
    public let hint: String?
    /// Whether the script may have run: `notSent` where it certainly did not, `rejected` where its end is certain,
    /// `ambiguous` else.
    public let delivery: Delivery

    /// A failure.
    public init(_ code: Code, _ message: String, hint: String? = nil, delivery: Delivery = .notSent) {
        self.code = code
        self.message = message
        self.hint = hint
        self.delivery = delivery
    }

    /// The message, and the hint behind it.
    public var description: String { hint.map { "\(message) (\($0))" } ?? message }

    /// Whether the host may answer soon, as one that is just booting: nothing was sent.
    public var mayPass: Bool { code == .notReached && delivery == .notSent }
}
