#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// An IPv4 or IPv6 address as its bytes.
struct IPAddress: Hashable {
    /// 4 bytes of IPv4 or 16 of IPv6, the most significant first.
    let bytes: [UInt8]

    /// Reads `192.0.2.1` or `2001:db8::1`, in no shorter or other form; `nil` for everything else.
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

    /// Whether it is in `127.0.0.0/8` or is `::1`.
    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    /// Whether the first bits are the same as those of the other address; addresses of another kind never are.
    func shares(_ bitCount: Int, with other: IPAddress) -> Bool {
        guard bytes.count == other.bytes.count, (0...bytes.count * 8).contains(bitCount) else { return false }
        let (whole, rest) = bitCount.quotientAndRemainder(dividingBy: 8)
        guard bytes[..<whole] == other.bytes[..<whole] else { return false }
        guard rest > 0 else { return true }
        return (bytes[whole] ^ other.bytes[whole]) >> (8 - rest) == 0
    }
}
