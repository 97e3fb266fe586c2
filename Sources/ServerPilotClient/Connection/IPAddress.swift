#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The bytes of an IPv4 or IPv6 address.
struct IPAddress: Hashable {
    /// The 4 bytes of an IPv4 address or 16 of an IPv6 address, in network order.
    let bytes: [UInt8]

    /// Reads `192.0.2.1` or `2001:db8::1`; `nil` for shorter or other forms.
    init?(_ text: String) {
        for (family, size) in [(AF_INET, 4), (AF_INET6, 16)] {
            var buffer = [UInt8](repeating: 0, count: size)
            if inet_pton(family, text, &buffer) == 1 {
                bytes = buffer
                return
            }
        }
        return nil
    }

    /// Whether the address is in `127.0.0.0/8` or is `::1`.
    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    /// Whether both addresses have the same first bits; always `false` for addresses of different families.
    func shares(_ bitCount: Int, with other: IPAddress) -> Bool {
        guard bytes.count == other.bytes.count, (0...bytes.count * 8).contains(bitCount) else { return false }
        let (whole, rest) = bitCount.quotientAndRemainder(dividingBy: 8)
        guard bytes[..<whole] == other.bytes[..<whole] else { return false }
        guard rest > 0 else { return true }
        return (bytes[whole] ^ other.bytes[whole]) >> (8 - rest) == 0
    }
}
