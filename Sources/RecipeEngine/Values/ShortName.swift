internal import Groundwork

/// A name of limited length, derived from a text that may be longer or contain other characters.
///
/// A name that was cut or changed ends with a short hash of the whole text. Texts that differ in more than case thus
/// get different names.
struct ShortName {
    /// The length of the hash in characters: 36^6 is about 2 billion values.
    private static let hashLength = 6
    /// The smallest allowed limit: one letter, a dash and the hash.
    static let shortestLimit = 2 + hashLength

    /// The longest text that callers give it, in bytes: it holds several copies of it.
    static let longestText = 64 << 10

    /// The name: lowercase letters, digits and dashes, with a letter or digit at both ends.
    let text: String

    /// Creates the name; `nil` if the text contains no letter a–z and no digit.
    ///
    /// - Parameters:
    ///   - text: the text; the name keeps its letters, digits and dashes.
    ///   - limit: the maximum number of characters, at least `shortestLimit`.
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

    /// Returns the characters without dashes at both ends.
    private static func trimmed(_ characters: [Character]) -> String {
        String(String(characters.drop { $0 == "-" }.reversed().drop { $0 == "-" }.reversed()))
    }

    /// Returns the stable hash, reduced to six base-36 digits.
    private static func hash(_ text: String) -> String {
        let value = text.utf8.stableHash
        // The high bits of FNV-1a depend on all bytes; the lowest bits depend only on the lowest bits of each byte.
        let digits = String((value ^ (value >> 32)) % 2_176_782_336, radix: 36)
        return String(repeating: "0", count: hashLength - digits.count) + digits
    }
}
