extension IPAddress {
    /// Blocks that lead to no public host: this machine, this network, other protocols, nobody.
    ///
    /// IANA's registries of special-purpose addresses, and multicast. The forms of IPv6 that carry an IPv4 address
    /// (mapped, 6to4, NAT64, Teredo) are among them: whoever wants an IPv4 host has its own address.
    private static let special: [(block: IPAddress, bitCount: Int)] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    ].compactMap(block)

    /// Of IPv6 only this is given to public hosts (RFC 4291), less what is special in it.
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

    /// Whether a host of the world can have it.
    var isPublic: Bool {
        func isIn(_ blocks: [(block: IPAddress, bitCount: Int)]) -> Bool {
            blocks.contains { shares($0.bitCount, with: $0.block) }
        }
        return bytes.count == 4 ? !isIn(Self.special) : isIn(Self.unicast) && !isIn(Self.specialUnicast)
    }
}
