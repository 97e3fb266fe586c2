internal import Groundwork

/// A host, the way to log in to it, and the way to verify its key.
///
/// ```swift
/// let host = try ShellHost(
///     "192.0.2.7", user: "root", fingerprint: "SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDDwJGkHcJ3JIXxGK0")
/// let inside = try ShellHost("10.0.0.5", port: 2222, user: "root", jump: "root@192.0.2.7")
/// print(inside.description)  // root@10.0.0.5:2222
/// ```
public struct ShellHost: Hashable, Sendable {
    /// The host's name, address, or alias in the user's SSH configuration.
    public let name: String
    /// The port; `nil` for the port of the SSH configuration, or else 22.
    public let port: Int?
    /// The user to log in as; `nil` for the user of the SSH configuration, or else the user of this process.
    public let user: String?
    /// The path of the private key; `nil` for the keys of the SSH configuration and the agent.
    public let identity: String?
    /// The jump hosts, each as `user@host:port`, separated by commas.
    public let jump: String?
    /// The expected fingerprint of the host's key, `SHA256:…`; known hosts are then ignored.
    public let fingerprint: String?
    /// The path of a known-hosts file to use instead of the user's.
    public let knownHosts: String?
    /// Whether to trust a host whose key is unknown, and to remember the key.
    public let acceptsNew: Bool

    /// Creates a host.
    ///
    /// - Throws: `ShellFailure` with `invalid` for values that are malformed or that ssh could read as something else,
    ///   such as an option.
    public init(
        _ name: String, port: Int? = nil, user: String? = nil, identity: String? = nil, jump: String? = nil,
        fingerprint: String? = nil, knownHosts: String? = nil, acceptsNew: Bool = false
    ) throws(ShellFailure) {
        guard HostName.isValid(name) else { throw Self.invalid("host", name) }
        if let port, !(1...65_535).contains(port) { throw Self.invalid("port", "\(port)") }
        if let user, !Self.isUser(user) { throw Self.invalid("user", user) }
        for (word, path) in [("identity", identity), ("known_hosts", knownHosts)] {
            if let path, !Self.isPath(path) { throw Self.invalid(word, path) }
        }
        if let jump, !Self.isJump(jump) { throw Self.invalid("jump", jump) }
        if let fingerprint, fingerprint.wholeMatch(of: #/SHA256:[A-Za-z0-9+\/]{43}/#) == nil {
            throw ShellFailure(
                .invalid, "'\(fingerprint)' is not a host key fingerprint",
                hint: "run on the host: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub (SHA256: and 43 characters)"
            )
        }
        if fingerprint != nil, knownHosts != nil || acceptsNew {
            throw ShellFailure(
                .invalid, "host_key cannot be combined with known_hosts or accept_new",
                hint: "pass only one of them")
        }
        self.name = name
        self.port = port
        self.user = user
        self.identity = identity
        self.jump = jump
        self.fingerprint = fingerprint
        self.knownHosts = knownHosts
        self.acceptsNew = acceptsNew
    }

    /// The host as shown to people: `root@192.0.2.7`, with its port unless that is 22.
    public var description: String {
        let shown = port.map { $0 == 22 ? name : name.contains(":") ? "[\(name)]:\($0)" : "\(name):\($0)" } ?? name
        return user.map { "\($0)@\(shown)" } ?? shown
    }

    private static func invalid(_ word: String, _ value: String) -> ShellFailure {
        // The session redacts whole secrets only, so a long or changed value is not quoted.
        let isShown = value.utf8.count <= 80 && value.allSatisfy { $0.isASCII && !$0.isNewline && $0 >= " " }
        let shown = isShown ? "'\(value)'" : "a text of \(value.utf8.count) bytes"
        return ShellFailure(.invalid, "\(shown) is not a valid \(word)")
    }

    private static func isUser(_ text: some StringProtocol) -> Bool {
        (1...64).contains(text.utf8.count) && String(text).wholeMatch(of: #/[A-Za-z0-9_][A-Za-z0-9_.\-]*\$?/#) != nil
    }

    /// Returns whether a text is an absolute path without characters that ssh expands in values of options.
    private static func isPath(_ text: String) -> Bool {
        (2...1000).contains(text.utf8.count) && text.hasPrefix("/")
            && !text.unicodeScalars.contains { scalar in
                scalar.properties.generalCategory == .control || "\"\\%$'".unicodeScalars.contains(scalar)
            }
    }

    private static func isJump(_ text: String) -> Bool {
        let hops = text.split(separator: ",", omittingEmptySubsequences: false)
        return (1...8).contains(hops.count)
            && hops.allSatisfy { hop in
                let parts = hop.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
                guard let last = parts.last, parts.count == 1 || isUser(parts[0]) else { return false }
                guard let match = String(last).wholeMatch(of: #/(\[[^\]]+\]|[^:\[\]]+)(?::([0-9]{1,5}))?/#) else {
                    return false
                }
                let name = match.1.hasPrefix("[") ? match.1.dropFirst().dropLast() : match.1
                return HostName.isValid(name) && (match.2.map { (1...65_535).contains(Int($0) ?? 0) } ?? true)
            }
    }
}
