/// A source of random numbers that a seed determines: the same seed gives the same ids, keys and durations.
///
/// SplitMix64 (Steele, Lea and Flood, 2014): its state is one number, which can be stored and taken up again. Not for
/// secrets.
public struct SeededRandom: RandomNumberGenerator, Hashable, Sendable {
    /// Where the source stands; a source made with it as seed goes on from here.
    public private(set) var state: UInt64

    /// A source that begins at the seed.
    public init(seed: UInt64) {
        state = seed
    }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

extension SeededRandom {
    private static let alphanumerics = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// So many letters and digits.
    mutating func alphanumerics(_ count: Int) -> String {
        let bytes = (0..<count).map { _ in Self.alphanumerics.randomElement(using: &self) ?? UInt8(ascii: "0") }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// An id of that shape, a setting of `Behaviour.idShape`.
    ///
    /// Two equal ones are as likely as a guess of 95 bits.
    mutating func identifier(shape: String) -> String {
        switch shape {
        case "18": alphanumerics(18)
        case "marks": "\(alphanumerics(10))-\(alphanumerics(5))_\(alphanumerics(5))"
        default: alphanumerics(16)
        }
    }

    /// A server's key for its installer, as long as the one in ServerPilot's document.
    mutating func serverKey() -> String { alphanumerics(43) }

    /// A block that looks like PEM and holds nothing but random letters.
    mutating func pem(_ label: String, lines: Int) -> String {
        let body = (0..<lines).map { _ in alphanumerics(64) }
        return (["-----BEGIN \(label)-----"] + body + ["-----END \(label)-----"]).joined(separator: "\n") + "\n"
    }
}
