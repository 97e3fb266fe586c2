/// A source of random numbers determined by its seed: equal seeds produce equal ids, keys and durations.
///
/// The generator is SplitMix64 (Steele, Lea and Flood, 2014). Its state is a single number, which can be stored and
/// restored. Not for secrets.
///
/// ```swift
/// var random = SeededRandom(seed: 7)
/// let number = Int.random(in: 1...6, using: &random)
/// var again = SeededRandom(seed: 7)
/// print(number == Int.random(in: 1...6, using: &again))  // true
/// ```
public struct SeededRandom: RandomNumberGenerator, Hashable, Sendable {
    /// The state of the source; a source created with it as seed continues the sequence.
    public private(set) var state: UInt64

    /// Creates a source that begins at the seed.
    public init(seed: UInt64) {
        state = seed
    }

    /// Returns the next number.
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

    /// Returns `count` random letters and digits.
    mutating func alphanumerics(_ count: Int) -> String {
        let bytes = (0..<count).map { _ in Self.alphanumerics.randomElement(using: &self) ?? UInt8(ascii: "0") }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Returns an id in that shape, a setting of `Behaviour.idShape`.
    ///
    /// An id has at least 95 random bits, so duplicates are improbable.
    mutating func identifier(shape: String) -> String {
        switch shape {
        case "18": alphanumerics(18)
        case "marks": "\(alphanumerics(10))-\(alphanumerics(5))_\(alphanumerics(5))"
        default: alphanumerics(16)
        }
    }

    /// Returns a server's API key, as long as the key in ServerPilot's document.
    mutating func serverKey() -> String { alphanumerics(43) }

    /// Returns a block that looks like PEM and contains only random letters and digits.
    mutating func pem(_ label: String, lines: Int) -> String {
        let body = (0..<lines).map { _ in alphanumerics(64) }
        return (["-----BEGIN \(label)-----"] + body + ["-----END \(label)-----"]).joined(separator: "\n") + "\n"
    }
}
