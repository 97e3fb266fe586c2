/// A web address such as `https://api.example.com:8443/v2/things?name=a`, in forms that all software reads alike.
///
/// ```swift
/// let address = try WebAddress("https://API.example.com:8443/v2/things?name=a")
/// print(address.host, address.port, address.target)  // api.example.com 8443 /v2/things?name=a
/// print(try address.following("/v3"))                // https://api.example.com:8443/v3
/// ```
public struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    /// The reason why a text is not a valid address for a request.
    public struct Fault: Error, Hashable, Sendable {
        /// A description in one line, without the address, which can hold a password.
        public let message: String
    }

    /// Whether the connection uses TLS.
    public let isSecure: Bool
    /// The host in lower case; an IPv6 address without brackets.
    public let host: String
    /// The port: 443 or 80 if the address has none.
    public let port: Int
    /// The path and query; at least `/`.
    public let target: String

    /// The maximum length of an address, in bytes: servers refuse longer addresses.
    public static let longest = 8000

    /// Reads an address.
    ///
    /// - Throws: `Fault` for schemes other than `https` and `http`, user info, a fragment, characters that must be
    ///   encoded, and malformed addresses.
    public init(_ text: String) throws(Fault) {
        guard text.utf8.count <= Self.longest else { throw Fault(message: "the URL is too long") }
        guard let separator = text.firstRange(of: "://") else {
            throw Fault(message: "a URL must have the form https://host/path")
        }
        switch text[..<separator.lowerBound].lowercased() {
        case "https": isSecure = true
        case "http": isSecure = false
        default: throw Fault(message: "the URL must use https://, or http:// for this machine")
        }
        let rest = text[separator.upperBound...]
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        guard !rest[..<end].contains("@") else {
            throw Fault(message: "the URL contains a user name or password; pass them in a header")
        }
        guard let authority = Authority(rest[..<end]), authority.host.first != "." else {
            throw Fault(message: "the URL needs a host and, optionally, a port from 1 to 65535")
        }
        host = authority.host
        port = authority.port ?? (isSecure ? 443 : 80)
        let target = rest[end...]
        guard !target.contains("#") else { throw Fault(message: "the URL must not have a fragment (#…)") }
        guard target.utf8.allSatisfy(Self.isVisible) else {
            throw Fault(message: "the URL must percent-encode spaces and non-ASCII characters, such as %20")
        }
        self.target = target.first == "/" ? String(target) : "/" + target
    }

    private static func isVisible(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "\"")
    }

    /// The scheme, host and port, without the scheme's default port: `https://api.example.com`.
    public var origin: String { "\(isSecure ? "https" : "http")://\(authority)" }

    /// The host and port, without the scheme's default port, as `needs.http` names them.
    public var authority: String {
        let host = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? host : "\(host):\(port)"
    }

    /// The whole address.
    public var description: String { origin + target }

    /// Returns the target of a redirect from this address.
    ///
    /// - Parameter location: an address, or one relative to this address.
    /// - Returns: the target, without a fragment.
    /// - Throws: `Fault` if the target is not a valid address.
    public func following(_ location: String) throws(Fault) -> WebAddress {
        let location = String(location.prefix { $0 != "#" })
        if location.hasPrefix("//") { return try WebAddress("\(isSecure ? "https" : "http"):\(location)") }
        if location.hasPrefix("/") { return try WebAddress(origin + location) }
        let scheme = location.prefix { $0 != "/" && $0 != "?" }
        if scheme.contains(":") { return try WebAddress(location) }
        let path = target.prefix { $0 != "?" }
        if location.hasPrefix("?") || location.isEmpty { return try WebAddress(origin + path + location) }
        return try WebAddress(origin + path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex) + "/" + location)
    }
}
