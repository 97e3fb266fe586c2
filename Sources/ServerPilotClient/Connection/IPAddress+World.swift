extension IPAddress {
    /// IPv4 blocks without public hosts: this machine, this network, other protocols, or reserved.
    ///
    /// The sources are IANA's registries of special-purpose addresses, and multicast. IPv6 forms that embed an IPv4
    /// address (mapped, 6to4, NAT64, Teredo) are not public either: an IPv4 host has its own address.
    private static let special: [(block: IPAddress, bitCount: Int)] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    ].compactMap(block)

    /// The only IPv6 block for public hosts (RFC 4291), from which `specialUnicast` is excluded.
    private static let unicast = ["2000::/3"].compactMap(block)
    private static let specialUnicast = [
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    ].compactMap(block)

    private static func block(_ text: String) -> (block: IPAddress, bitCount: Int)? {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let address = IPAddress(String(parts[0])), let bitCount = Int(parts[1]) else {
            return nil
        }
        return (address, bitCount)
    }

    /// Whether a host on the internet can have the address.
    var isPublic: Bool {
        func isIn(_ blocks: [(block: IPAddress, bitCount: Int)]) -> Bool {
            blocks.contains { shares($0.bitCount, with: $0.block) }
        }
        return bytes.count == 4 ? !isIn(Self.special) : isIn(Self.unicast) && !isIn(Self.specialUnicast)
    }
}
