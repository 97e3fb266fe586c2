/// Tells hosts of the world from those of this machine and its network, by the addresses that their names lead to.
package struct WorldCheck: Sendable {
    private let resolver: HostResolver

    /// A check by what the system knows.
    package init() { self.init(resolver: .system) }

    /// A check by what a resolver knows.
    init(resolver: HostResolver) { self.resolver = resolver }

    /// Whether one of a host's addresses is not public.
    ///
    /// A name that leads nowhere is not inside: where a proxy alone knows it, the proxy judges.
    ///
    /// - Parameter host: a name or an address, of IPv6 with or without its brackets.
    /// - Returns: whether it is.
    package func isInside(_ host: String) async -> Bool {
        let name = host.hasPrefix("[") ? String(host.dropFirst().prefix { $0 != "]" }) : host
        let addresses = (try? await resolver.addresses(name)) ?? []
        return addresses.contains { !$0.isPublic }
    }
}
