/// A check that distinguishes hosts on the internet from those on this machine or its network, by their addresses.
package struct WorldCheck: Sendable {
    private let resolver: HostResolver

    /// Creates a check that uses the system's resolver.
    package init() { self.init(resolver: .system) }

    /// Creates a check that uses a resolver.
    init(resolver: HostResolver) { self.resolver = resolver }

    /// Returns whether one of a host's addresses is not public.
    ///
    /// A name without addresses is not inside: if only the proxy can resolve it, the proxy decides.
    ///
    /// - Parameter host: a name or an address; an IPv6 address with or without brackets.
    /// - Returns: whether the host is inside.
    package func isInside(_ host: String) async -> Bool {
        let name = host.hasPrefix("[") ? String(host.dropFirst().prefix { $0 != "]" }) : host
        let addresses = (try? await resolver.addresses(name)) ?? []
        return addresses.contains { !$0.isPublic }
    }
}
