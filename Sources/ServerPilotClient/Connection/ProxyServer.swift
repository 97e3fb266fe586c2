public import Groundwork
internal import ServerPilot

/// A proxy for requests to the API; TLS between client and API passes through it unopened.
///
/// ```swift
/// let environment = ["https_proxy": "http://proxy.acme.example:3128", "no_proxy": "localhost"]
/// if let proxy = try ProxyServer.proxy(for: .serverPilot, environment: environment) {
///     print("through \(proxy.host):\(proxy.port), from \(proxy.variable)")
/// }
/// ```
public struct ProxyServer: Hashable, Sendable {
    /// The protocol of the proxy.
    public enum Kind: Hashable, Sendable {
        /// HTTP with `CONNECT`.
        case http
        /// SOCKS 5; the proxy resolves the API's name.
        case socks5
    }

    /// The user name and password for the proxy.
    public struct Login: Hashable, Sendable {
        /// The user name.
        public let user: String
        /// The password.
        public let password: Secret<String>
    }

    /// The protocol of the proxy.
    public let kind: Kind
    /// The host of the proxy; an IPv6 address without brackets.
    public let host: String
    /// The port of the proxy.
    public let port: Int
    /// The user name and password; `nil` if the proxy needs none.
    public let login: Login?
    /// The environment variable that named the proxy, for messages.
    public let variable: String

    /// The port of a proxy without a port in its address, as in curl.
    static let defaultPort = 1080

    /// Returns the proxy for an endpoint; `nil` if no variable names a proxy, or the host is exempt.
    ///
    /// The first of `https_proxy`, `HTTPS_PROXY`, `all_proxy` and `ALL_PROXY` that is set names the proxy. `no_proxy`
    /// or `NO_PROXY` exempts hosts. An empty variable counts as not set.
    ///
    /// An endpoint on this machine never has a proxy. `http_proxy` has no effect, because plain HTTP goes only to this
    /// machine.
    ///
    /// - Throws: `ClientConfigurationError` with the code `invalidProxy`.
    public static func proxy(
        for endpoint: Endpoint, environment: [String: String]
    ) throws(ClientConfigurationError) -> ProxyServer? {
        guard !endpoint.isLoopback else { return nil }
        func value(_ names: [String]) -> (name: String, value: String)? {
            for name in names {
                if let value = environment[name], !value.isEmpty { return (name, value) }
            }
            return nil
        }
        guard let (variable, address) = value(["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]) else {
            return nil
        }
        if let exempt = value(["no_proxy", "NO_PROXY"]),
            NoProxyList(exempt.value).contains(host: endpoint.host, port: endpoint.port)
        {
            return nil
        }
        return try ProxyServer(address, from: variable)
    }

    /// Reads `host:port`, `http://user:password@host:port` or `socks5://host:port`.
    ///
    /// - Throws: `ClientConfigurationError` with the code `invalidProxy`. The message names the variable and never
    ///   repeats its value, which may hold a password.
    init(_ text: String, from variable: String) throws(ClientConfigurationError) {
        func fault(_ message: String) -> ClientConfigurationError {
            ClientConfigurationError(.invalidProxy, "\(variable): \(message)")
        }
        var rest = text[...]
        var kind = Kind.http
        if let separator = text.firstRange(of: "://") {
            switch text[..<separator.lowerBound].lowercased() {
            case "http": kind = .http
            case "socks5", "socks5h": kind = .socks5
            case "https": throw fault("TLS to the proxy itself is not supported; write http://host:port")
            default: throw fault("the proxy must begin with http:// or socks5://")
            }
            rest = text[separator.upperBound...]
        }
        while rest.last == "/" { rest.removeLast() }
        var login: Login?
        if let at = rest.lastIndex(of: "@") {
            guard let decoded = Self.login(rest[..<at]) else {
                throw fault("the user or password of the proxy has a % without two hexadecimal digits, or a line break")
            }
            login = decoded
            rest = rest[rest.index(after: at)...]
        }
        guard login == nil || kind == .http else {
            throw fault("a SOCKS proxy with a password is not supported")
        }
        guard let authority = Authority(connectable: rest) else {
            throw fault("the proxy must be written as http://host:port")
        }
        self.kind = kind
        host = authority.host
        port = authority.port ?? Self.defaultPort
        self.login = login
        self.variable = variable
    }

    /// The host and port for display.
    var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private static func login(_ text: Substring) -> Login? {
        let colon = text.firstIndex(of: ":") ?? text.endIndex
        guard let user = percentDecoded(text[..<colon]), let password = percentDecoded(text[colon...].dropFirst())
        else { return nil }
        return Login(user: user, password: Secret(password))
    }

    /// Returns the text with `%41` and the like decoded; `nil` if that is malformed or yields a control character.
    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count > 1, let value = HexadecimalText.bytes(rest.prefix(2)) else { return nil }
            bytes += value
            rest = rest.dropFirst(2)
        }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
