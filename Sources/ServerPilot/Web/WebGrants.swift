/// The hosts that a module may send requests to.
///
/// ```swift
/// let grants = WebGrants(hosts: ["api.example", "localhost:8080"])
/// print(grants.reach(of: try WebAddress("https://api.example/v2")) == .world)  // true
/// print(grants.reach(of: try WebAddress("https://other.example/")) == nil)     // true
/// ```
public struct WebGrants: Hashable, Sendable {
    /// The network addresses that a request to a host may reach.
    public enum Reach: Hashable, Sendable {
        /// Only public addresses: the grant names a host of the internet, not of this network.
        case world
        /// Any address: the grant names `localhost` or an IP address.
        case anywhere
    }

    /// The hosts, as `host` or `host:port` in lower case; `nil` allows every public host.
    public let hosts: Set<String>?

    /// Creates grants.
    ///
    /// - Parameter hosts: `host` for the scheme's default port, or `host:port`; `nil` allows every public host.
    public init(hosts: Set<String>?) { self.hosts = hosts.map { Set($0.map(Self.short)) } }

    /// Returns `host` for `host:443`.
    private static func short(_ host: String) -> String {
        let host = host.lowercased()
        return host.hasSuffix(":443") && !host.hasSuffix("::443") ? String(host.dropLast(4)) : host
    }

    /// Returns the grants that both allow.
    public func intersection(_ other: WebGrants) -> WebGrants {
        guard let hosts else { return other }
        guard let others = other.hosts else { return self }
        return WebGrants(hosts: hosts.intersection(others))
    }

    /// Returns the network addresses that a request may reach; `nil` if the host is not allowed.
    public func reach(of address: WebAddress) -> Reach? {
        guard let hosts else { return .world }
        guard hosts.contains(address.authority) else { return nil }
        let isLiteral =
            address.host == "localhost" || address.host.contains(":")
            || address.host.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
        return isLiteral ? .anywhere : .world
    }
}
