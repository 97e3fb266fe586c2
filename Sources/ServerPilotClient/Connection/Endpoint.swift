internal import Groundwork
internal import ServerPilot

/// The address of the API: scheme, host, port and base path.
///
/// ```swift
/// let simulator = try Endpoint("http://localhost:8080/v1")
/// print(simulator.isLoopback, simulator.authority)  // true localhost:8080
/// print(Endpoint.serverPilot)                       // https://api.serverpilot.io/v1
/// ```
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    /// The protocol of the connection.
    public enum Scheme: String, Hashable, Sendable {
        /// HTTP over TLS, with the certificate verified.
        case https
        /// Plain HTTP, allowed only to this machine.
        case http

        /// The port if the address has none.
        var defaultPort: Int { self == .https ? 443 : 80 }
    }

    /// The protocol of the connection.
    public let scheme: Scheme
    /// The host in lower case; an IPv6 address without brackets.
    public let host: String
    /// The port, the scheme's default if the address has none.
    public let port: Int
    /// The path before the path of each operation, without a slash at its end: `/v1`.
    public let basePath: String

    /// The endpoint of ServerPilot: `https://api.serverpilot.io/v1`.
    public static let serverPilot = Endpoint(scheme: .https, host: "api.serverpilot.io", port: 443, basePath: "/v1")

    private init(scheme: Scheme, host: String, port: Int, basePath: String) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.basePath = basePath
    }

    /// Reads an address such as `https://api.serverpilot.io/v1` or `http://127.0.0.1:8080/v1/`.
    ///
    /// - Throws: `ClientConfigurationError`: `plainHTTP` for `http` to hosts other than `localhost`, `127.0.0.0/8` and
    ///   `::1`; `invalidEndpoint` for other schemes, user info, a query, a fragment, and malformed addresses. The
    ///   message does not repeat the address if that could hold a password.
    public init(_ text: String) throws(ClientConfigurationError) {
        guard let separator = text.firstRange(of: "://") else {
            throw Self.fault("the API's URL has no scheme; write it as https://host/v1")
        }
        guard let scheme = Scheme(rawValue: text[..<separator.lowerBound].lowercased()) else {
            throw Self.fault("the API's URL must begin with https://")
        }
        let rest = text[separator.upperBound...]
        guard !rest.contains("@") else {
            throw Self.fault(
                "the API's URL contains user info (…@…); put the API key into the credentials, never into a URL")
        }
        guard !rest.contains(where: { $0 == "?" || $0 == "#" }) else {
            throw Self.fault("the API's URL must not have a query or a fragment")
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        guard let authority = Authority(connectable: rest[..<slash]) else {
            throw Self.fault("the API's URL needs a host and, optionally, a port from 1 to 65535")
        }
        let basePath = Self.withoutSlashesAtEnd(rest[slash...])
        guard Self.isPlainPath(basePath) else {
            throw Self.fault("the path of the API's URL must be plain words between slashes, as in /v1")
        }
        self.init(
            scheme: scheme, host: authority.host, port: authority.port ?? scheme.defaultPort, basePath: basePath)
        guard scheme == .https || isLoopback else {
            throw ClientConfigurationError(
                .plainHTTP,
                "plain HTTP to \(host) would send the API key unencrypted; use https://, or a loopback address")
        }
        guard host != Self.serverPilot.host || !basePath.isEmpty else {
            throw Self.fault("ServerPilot's API is below /v1: use \(Self.serverPilot)")
        }
    }

    /// Whether the API is on this machine.
    public var isLoopback: Bool {
        host == "localhost" || IPAddress(host)?.isLoopback ?? false
    }

    /// The host and port for display: `api.serverpilot.io:443`, `[::1]:8080`.
    public var authority: String { "\(bracketedHost):\(port)" }

    /// The address, without the scheme's default port.
    public var description: String {
        "\(scheme.rawValue)://\(bracketedHost)\(port == scheme.defaultPort ? "" : ":\(port)")\(basePath)"
    }

    /// The address in a form that is equal for equal endpoints: `localhost` and `::1` become `127.0.0.1`.
    public var identity: String {
        let isThisMachine = ["localhost", "::1"].contains(host)
        let host = isThisMachine ? "127.0.0.1" : host
        return Endpoint(scheme: scheme, host: host, port: port, basePath: basePath).description
    }

    /// The short name for display: the host for ServerPilot's own API, the whole address for any other.
    public var shortName: String { self == .serverPilot ? host : description }

    private var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

    private static func fault(_ message: String) -> ClientConfigurationError {
        ClientConfigurationError(.invalidEndpoint, message)
    }

    private static func withoutSlashesAtEnd(_ path: Substring) -> String {
        var path = path
        while path.last == "/" { path.removeLast() }
        return String(path)
    }

    /// Whether all servers and proxies read a path alike.
    ///
    /// Such a path has only slashes and unreserved characters, and no part that is empty, `.` or `..`.
    static func isPlainPath(_ path: some StringProtocol) -> Bool {
        guard !path.isEmpty else { return true }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts[0].isEmpty
            && parts.dropFirst().allSatisfy { part in
                !part.isEmpty && part != "." && part != ".."
                    && part.utf8.allSatisfy { $0.isHostByte || $0 == UInt8(ascii: "~") }
            }
    }
}
