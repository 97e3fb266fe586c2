public import Groundwork
internal import ServerPilot

/// The reason why a script did not run on another host, or why its result is unknown.
///
/// ```swift
/// func uptime(of host: ShellHost, by shell: any RemoteShell) async throws(ShellFailure) -> ShellResult? {
///     do throws(ShellFailure) {
///         let script = try ShellScript(Secret("uptime"), marker: nil, timeLimit: .seconds(10))
///         return try await shell.run(script, on: host) { _ in }
///     } catch {
///         if error.mayPass { return nil }  // the host may still boot
///         throw error
///     }
/// }
/// ```
public struct ShellFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure; later versions may add more.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The request is invalid; nothing was tried.
        case invalid = "ssh_invalid"
        /// There is no `ssh` program to run.
        case missing = "ssh_missing"
        /// The private key cannot be used: it is missing, or other users can read it.
        case identity = "ssh_identity"
        /// The host's name does not resolve.
        case unknownName = "ssh_unknown_name"
        /// The host does not answer at that port.
        case notReached = "ssh_not_reached"
        /// A jump host cannot be reached or does not forward the connection.
        case jumpFailed = "ssh_jump_failed"
        /// The host's key is unknown: nothing confirms that it is the right key.
        case unknownHostKey = "ssh_unknown_host_key"
        /// The host's key differs from the expected key.
        case wrongHostKey = "ssh_wrong_host_key"
        /// The host refuses the user's login.
        case loginRefused = "ssh_login_refused"
        /// The host accepts the login but does not run the command.
        case noShell = "ssh_no_shell"
        /// The connection ended before the script did.
        case connectionLost = "ssh_connection_lost"
        /// The script exceeded its time limit.
        case timedOut = "ssh_timed_out"
        /// The script started, and its result is unknown.
        case unknown = "ssh_unknown"
        /// The operation was cancelled.
        case cancelled = "ssh_cancelled"
        /// `ssh` or a program on the host failed in another way; the message quotes it.
        case failed = "ssh_failed"
    }

    /// The kind of failure.
    public let code: Code
    /// A description of the failure and its subject, in lower case without a full stop.
    public let message: String
    /// A suggested remedy.
    public let hint: String?
    /// Whether the script may have run: `notSent` if it certainly did not, `rejected` if its result is certain,
    /// otherwise `ambiguous`.
    public let delivery: Delivery

    /// Creates a failure.
    public init(_ code: Code, _ message: String, hint: String? = nil, delivery: Delivery = .notSent) {
        self.code = code
        self.message = message
        self.hint = hint
        self.delivery = delivery
    }

    /// The message, followed by the hint in parentheses.
    public var description: String { hint.map { "\(message) (\($0))" } ?? message }

    /// Whether the host may answer soon, for example because it is booting; nothing was sent.
    public var mayPass: Bool { code == .notReached && delivery == .notSent }
}
