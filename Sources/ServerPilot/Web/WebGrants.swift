/// Which hosts a module may talk to.
public struct WebGrants: Hashable, Sendable {
    /// How far a request to a host may go.
    public enum Reach: Hashable, Sendable {
        /// To public addresses alone: the host was allowed as one of the world, and not as one of this network.
        case world
        /// Wherever the host is: it was named as `localhost` or as an address.
        case anywhere
    }

    /// Hosts, as `host` or `host:port` in lower case; `nil` where everything is allowed that is public.
    public let hosts: Set<String>?

    /// Grants.
    ///
    /// - Parameter hosts: `host` for the port that goes without saying, or `host:port`; `nil` for every public host.
    public init(hosts: Set<String>?) { self.hosts = hosts.map { Set($0.map(Self.short)) } }

    /// `host:443` is `host`.
    private static func short(_ host: String) -> String {
        let host = host.lowercased()
        return host.hasSuffix(":443") && !host.hasSuffix("::443") ? String(host.dropLast(4)) : host
    }

    /// What both allow.
    public func intersection(_ other: WebGrants) -> WebGrants {
        guard let hosts else { return other }
        guard let others = other.hosts else { return self }
        return WebGrants(hosts: hosts.intersection(others))
    }

    /// How far a request to an address may go; `nil` where it is not allowed at all.
    public func reach(of address: WebAddress) -> Reach? {
        guard let hosts else { return .world }
        guard hosts.contains(address.authority) else { return nil }
        let isLiteral =
            address.host == "localhost" || address.host.contains(":")
            || address.host.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
        return isLiteral ? .anywhere : .world
    }
}
