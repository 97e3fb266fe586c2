/// One form in which a text can hold a secret without escapes: as it is, or within base64.
struct SecretForm: Sendable {
    /// The secret itself, in plain text.
    let secret: String
    /// The bytes to search for.
    let bytes: [UInt8]
    /// Whether the base64 characters before and after the match also hold bits of the secret.
    private let (isSharedBefore, isSharedBehind): (Bool, Bool)
    private let isBase64: Bool

    private init(plain bytes: [UInt8], of secret: String) {
        self.secret = secret
        self.bytes = bytes
        (isSharedBefore, isSharedBehind) = (false, false)
        isBase64 = false
    }

    /// - Parameters:
    ///   - bytes: the secret.
    ///   - before: the number of bytes before the secret, modulo 3.
    ///   - alphabet: the 64 base64 characters.
    ///   - secret: the secret as a string.
    private init(base64 bytes: [UInt8], after before: Int, _ alphabet: [UInt8], of secret: String) {
        self.secret = secret
        // Only the characters whose bits all come from these bytes.
        let first = (before * 8 + 5) / 6
        let end = (before + bytes.count) * 8 / 6
        self.bytes = (first..<end).map { index in
            let bit = index * 6 - before * 8
            let high = UInt16(bytes[bit / 8]) << 8
            let low = bit / 8 + 1 < bytes.count ? UInt16(bytes[bit / 8 + 1]) : 0
            return alphabet[Int((high | low) >> UInt16(10 - bit % 8) & 0x3F)]
        }
        (isSharedBefore, isSharedBehind) = (before > 0, (before + bytes.count) % 3 > 0)
        isBase64 = true
    }

    /// The longest secret that is found in other writings than its own, in bytes.
    ///
    /// Keys and certificates have a few KiB. Each form is a copy, so a longer secret has the plain form only.
    static let longestEscaped = 64 << 10

    /// Returns all forms of a secret; `DecodedText` removes escapes from the text instead.
    static func forms(of secret: String) -> [SecretForm] {
        let bytes = Array(secret.utf8)
        guard bytes.count <= longestEscaped else { return [SecretForm(plain: bytes, of: secret)] }
        let plus = bytes.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 }
        return [SecretForm(plain: bytes, of: secret)]
            // An HTML form sends a space as "+", and a plus sign of the secret as "%2B".
            + (plus == bytes ? [] : [SecretForm(plain: plus, of: secret)])
            + [standardAlphabet, urlAlphabet].flatMap { alphabet in
                (0..<3).map { SecretForm(base64: bytes, after: $0, alphabet, of: secret) }
            }
    }

    /// Returns the range to remove: of base64 also the shared characters beside the match and the padding.
    func removed(_ found: Range<Int>, from text: [UInt8]) -> Range<Int> {
        guard isBase64 else { return found }
        let lower = isSharedBefore && found.lowerBound > 0 ? found.lowerBound - 1 : found.lowerBound
        var upper = isSharedBehind ? min(found.upperBound + 1, text.count) : found.upperBound
        while upper < text.count, text[upper] == UInt8(ascii: "=") { upper += 1 }
        return lower..<upper
    }

    /// Whether the secret is longer than `longestEscaped`.
    var isLong: Bool { !isBase64 && bytes.count > Self.longestEscaped }

    /// Returns how far a text is equal to a secret that `isLong`; `start` for a shorter secret.
    func endOfLong(at start: Int, in text: [UInt8]) -> Int {
        guard isLong else { return start }
        return start + zip(bytes, text[start...]).prefix { $0 == $1 }.count
    }

    private static let standardAlphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let urlAlphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
