/// A name of a limited length, made of a text that may be longer or have other characters.
///
/// What it loses is made up for by a short hash of the whole text: texts that differ get names that differ.
struct ShortName {
    /// Characters of the hash: 36^6 are 2 billion.
    private static let hashLength = 6
    /// The least limit: a letter, a dash and the hash.
    static let shortestLimit = 2 + hashLength

    /// The name: lower-case letters, digits and dashes, and a letter or digit at both ends.
    let text: String

    /// Makes the name; `nil` where nothing of the text can stand in one.
    ///
    /// - Parameters:
    ///   - text: the text; letters, digits and dashes of it are kept.
    ///   - limit: the most characters, at least `shortestLimit`.
    init?(_ text: String, limit: Int) {
        let lowercased = text.lowercased()
        let plain = Self.trimmed(lowercased.unicodeScalars.map { Self.isPlain($0) ? Character($0) : "-" })
        guard !plain.isEmpty else { return nil }
        if plain == lowercased, plain.count <= limit {
            self.text = plain
        } else {
            let kept = Self.trimmed(Array(plain.prefix(limit - Self.hashLength - 1)))
            self.text = "\(kept)-\(Self.hash(lowercased))"
        }
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "-"
    }

    /// Without dashes at its ends.
    private static func trimmed(_ characters: [Character]) -> String {
        String(String(characters.drop { $0 == "-" }.reversed().drop { $0 == "-" }.reversed()))
    }

    /// FNV-1a, 64 bits, in base 36: the same on every machine and in every version.
    private static func hash(_ text: String) -> String {
        let value = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        // The high bits of FNV-1a depend on all bytes; the lowest only on the lowest of each.
        let digits = String((value ^ (value >> 32)) % 2_176_782_336, radix: 36)
        return String(repeating: "0", count: hashLength - digits.count) + digits
    }
}
