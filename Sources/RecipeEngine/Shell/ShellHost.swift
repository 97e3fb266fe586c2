/// A host, how to log in to it, and how to know that it is the right one.
public struct ShellHost: Hashable, Sendable {
    /// Its name, its address, or an alias of the user's SSH configuration.
    public let name: String
    /// Its port; `nil` for what the configuration says, else 22.
    public let port: Int?
    /// Who logs in; `nil` for what the configuration says, else who runs this.
    public let user: String?
    /// The path of the private key; `nil` for what configuration and agent have.
    public let identity: String?
    /// The hosts to go through, `user@host:port` each, with commas between them.
    public let jump: String?
    /// The fingerprint of its key, `SHA256:…`; it counts instead of all that is known.
    public let fingerprint: String?
    /// A file with known hosts instead of the user's.
    public let knownHosts: String?
    /// Whether a host that is not known yet is believed, and known from then on.
    public let acceptsNew: Bool

    /// A host.
    ///
    /// - Throws: `ShellFailure`, `invalid`, for what could be taken for something else than a name.
    public init(
        _ name: String, port: Int? = nil, user: String? = nil, identity: String? = nil, jump: String? = nil,
        fingerprint: String? = nil, knownHosts: String? = nil, acceptsNew: Bool = false
    ) throws(ShellFailure) {
        guard Self.isHost(name) else { throw Self.invalid("host", name) }
        if let port, !(1...65_535).contains(port) { throw Self.invalid("port", "\(port)") }
        if let user, !Self.isUser(user) { throw Self.invalid("user", user) }
        for (word, path) in [("identity", identity), ("known_hosts", knownHosts)] {
            if let path, !Self.isPath(path) { throw Self.invalid(word, path) }
        }
        if let jump, !Self.isJump(jump) { throw Self.invalid("jump", jump) }
        if let fingerprint, fingerprint.wholeMatch(of: #/SHA256:[A-Za-z0-9+\/]{43}/#) == nil {
            throw ShellFailure(
                .invalid, "'\(fingerprint)' is no fingerprint of a host key",
                hint: "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub on the host shows it: SHA256: and 43 characters"
            )
        }
        if fingerprint != nil, knownHosts != nil || acceptsNew {
            throw ShellFailure(
                .invalid, "a fingerprint of the host key leaves nothing for known_hosts or accept_new",
                hint: "give one of them")
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

    /// What people call it: `root@192.0.2.7`, with its port where that is not 22.
    public var description: String {
        let shown = port.map { $0 == 22 ? name : name.contains(":") ? "[\(name)]:\($0)" : "\(name):\($0)" } ?? name
        return user.map { "\($0)@\(shown)" } ?? shown
    }

    private static func invalid(_ word: String, _ value: String) -> ShellFailure {
        let shown = String(value.prefix(80).map { $0.isASCII && !$0.isNewline && $0 >= " " ? $0 : "?" })
        return ShellFailure(.invalid, "'\(shown)' cannot be used as \(word)")
    }

    /// A name, an alias, an IPv4 or an IPv6 address: nothing that begins an option, or that ssh would take apart.
    private static func isHost(_ text: some StringProtocol) -> Bool {
        (1...253).contains(text.utf8.count)
            && String(text).wholeMatch(
                of: #/[A-Za-z0-9_][A-Za-z0-9_.\-]*|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[A-Za-z0-9]+)?/#)
                != nil
    }

    private static func isUser(_ text: some StringProtocol) -> Bool {
        (1...64).contains(text.utf8.count) && String(text).wholeMatch(of: #/[A-Za-z0-9_][A-Za-z0-9_.\-]*\$?/#) != nil
    }

    /// A path without what ssh itself replaces in the values of its options.
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
                return isHost(name) && (match.2.map { (1...65_535).contains(Int($0) ?? 0) } ?? true)
            }
    }
}
