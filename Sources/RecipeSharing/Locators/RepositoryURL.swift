internal import Groundwork

/// The address of a git repository or a file that this program agrees to fetch from.
///
/// The schemes are `https`, `ssh` and `file`, and `http` for this machine only. The address contains no password,
/// because everyone who sees the recipe would see it. Git's credential helpers or an ssh key log in instead.
package struct RepositoryURL: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The scheme: `https`, `ssh`, `file` or `http`.
    package let scheme: String
    /// The login name, for ssh only; `nil` if the address has none.
    package let user: String?
    /// The host in lower case; empty for `file`; an IPv6 address has its brackets.
    package let host: String
    /// The port; `nil` for the scheme's default.
    package let port: Int?
    /// The components of the path; none is empty.
    package let segments: [String]

    /// Creates the HTTPS address of a repository, from `github.com` and `acme`, `recipes` for example.
    init(host: String, segments: [String]) throws(SharingError) {
        try self.init("https://\(host)/\(segments.joined(separator: "/"))")
    }

    /// Parses an address.
    ///
    /// - Throws: `SharingError`, `invalidLocator`.
    package init(_ text: String) throws(SharingError) {
        guard let separator = text.firstRange(of: "://") else {
            throw .invalid("'\(text)' is not a URL: it must begin with https://, ssh:// or file://")
        }
        let word = text[..<separator.lowerBound]
        // Convert ASCII only: some other letters become a–z in lower case.
        scheme = word.utf8.allSatisfy { $0 < 0x80 } ? word.lowercased() : String(word)
        guard ["https", "ssh", "file", "http"].contains(scheme) else {
            throw .invalid(
                "sprun cannot fetch recipes by '\(scheme)'", hint: "use https, ssh or file")
        }
        let rest = text[separator.upperBound...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = try Authority(rest[..<slash], scheme: scheme)
        (user, host, port) = (authority.user, authority.host, authority.port)
        let path = rest[slash...].dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        for segment in path { try Self.check(segment, of: text) }
        // A look-alike letter would name another owner. A folder on this machine can have any name.
        guard scheme == "file" || path.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } }) else {
            throw .invalid("'\(text)' has characters that no URL can contain", hint: "percent-encode them")
        }
        segments = path
        guard scheme != "http" || isLocal else {
            throw .invalid(
                "'http://\(host)' is not encrypted, so an attacker could change the recipe", hint: "use https://"
            )
        }
    }

    private static func check(_ segment: String, of text: String) throws(SharingError) {
        let decoded = segment.lowercased().replacing("%2e", with: ".").replacing("%2f", with: "/")
        guard !segment.isEmpty, decoded != ".", decoded != "..", !decoded.contains("/") else {
            throw .invalid("the path of '\(text)' has an empty part, '.' or '..'")
        }
        guard segment.utf8.allSatisfy({ !#"?#\"'<>^`{|}"#.utf8.contains($0) }) else {
            throw .invalid("the path of '\(text)' contains an invalid character")
        }
    }

    /// Whether the address is on this machine: a file, or a server on a loopback address.
    package var isLocal: Bool { scheme == "file" || Self.isLoopback(host) }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The address in the form that git gets.
    package var description: String {
        let login = user.map { "\($0)@" } ?? ""
        let number = port.map { ":\($0)" } ?? ""
        return "\(scheme)://\(login)\(host)\(number)/\(segments.joined(separator: "/"))"
    }

    /// Whether the bytes are equal: folders on this machine can have different names that look the same.
    package static func == (left: RepositoryURL, right: RepositoryURL) -> Bool {
        ByteExact(left.description) == ByteExact(right.description)
    }

    /// Hashes the bytes.
    package func hash(into hasher: inout Hasher) { hasher.combine(ByteExact(description)) }

    /// Compares the bytes.
    package static func < (left: RepositoryURL, right: RepositoryURL) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }
}

/// The part of an address between `//` and the path.
private struct Authority {
    let user: String?
    let host: String
    let port: Int?

    init(_ text: Substring, scheme: String) throws(SharingError) {
        if scheme == "file" {
            guard text.isEmpty else {
                throw .invalid("a file:// URL has three slashes and no host", hint: "file:///srv/recipes")
            }
            (user, host, port) = (nil, "", nil)
            return
        }
        var rest = text
        if let at = text.lastIndex(of: "@") {
            user = try Self.user(text[..<at], scheme: scheme)
            rest = text[text.index(after: at)...]
        } else {
            user = nil
        }
        let end = rest.hasPrefix("[") ? rest.firstIndex(of: "]") ?? rest.startIndex : rest.startIndex
        if let colon = rest[end...].lastIndex(of: ":") {
            guard let number = UInt16(rest[rest.index(after: colon)...]), number > 0 else {
                throw .invalid("the port of '\(rest)' is not a number from 1 to 65535")
            }
            port = Int(number)
            rest = rest[..<colon]
        } else {
            port = nil
        }
        try Self.check(String(rest))
        host = rest.lowercased()
    }

    private static func user(_ text: Substring, scheme: String) throws(SharingError) -> String {
        guard !text.contains(":"), scheme == "ssh" else {
            throw .invalid(
                "a URL must not contain a user or password: everyone who sees the recipe would see it",
                hint: "use git's credential helper or an SSH key")
        }
        guard !text.isEmpty, !text.hasPrefix("-"), text.utf8.allSatisfy(\.isHostByte) else {
            throw .invalid("the user in the URL is not a plain name")
        }
        return String(text)
    }

    private static func check(_ host: String) throws(SharingError) {
        let isAddress =
            host.hasPrefix("[") && host.hasSuffix("]") && host.utf8.count > 4
            && host.dropFirst().dropLast().utf8.allSatisfy { byte in
                byte == UInt8(ascii: ":") || byte.hexadecimalValue != nil
            }
        let isName =
            !host.isEmpty && !host.hasPrefix("-") && !host.hasPrefix(".") && !host.contains("..")
            && host.utf8.allSatisfy(\.isHostByte)
        guard isAddress || isName else { throw .invalid("'\(host)' is not a host name") }
    }
}

extension SharingError {
    /// Creates the failure for a text that is not a locator, or not an allowed locator.
    static func invalid(_ message: String, hint: String? = nil) -> SharingError {
        SharingError(.invalidLocator, message, hint: hint)
    }
}
