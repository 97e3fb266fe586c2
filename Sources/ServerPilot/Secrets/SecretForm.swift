/// One form in which a text can hold a secret without escapes: as it is, or within base64.
struct SecretForm: Sendable {
    /// The secret itself, in plain text.
    let secret: String
    let searched: SearchedBytes
    /// Whether the base64 characters before and after the match also hold bits of the secret.
    private let (isSharedBefore, isSharedBehind): (Bool, Bool)
    private let isBase64: Bool

    private init(plain bytes: [UInt8], of secret: String) {
        self.secret = secret
        searched = SearchedBytes(bytes)
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
        // The characters that depend only on these bytes.
        let first = (before * 8 + 5) / 6
        let end = (before + bytes.count) * 8 / 6
        let characters = (first..<end).map { index in
            let bit = index * 6 - before * 8
            let high = UInt16(bytes[bit / 8]) << 8
            let low = bit / 8 + 1 < bytes.count ? UInt16(bytes[bit / 8 + 1]) : 0
            return alphabet[Int((high | low) >> UInt16(10 - bit % 8) & 0x3F)]
        }
        searched = SearchedBytes(characters)
        (isSharedBefore, isSharedBehind) = (before > 0, (before + bytes.count) % 3 > 0)
        isBase64 = true
    }

    /// Returns all forms of a secret; `DecodedText` removes escapes from the text instead.
    static func forms(of secret: String) -> [SecretForm] {
        let bytes = Array(secret.utf8)
        let plus = bytes.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 }
        return [SecretForm(plain: bytes, of: secret)]
            // The form encoding, which writes a space as a plus and a plus as %2B.
            + (plus == bytes ? [] : [SecretForm(plain: plus, of: secret)])
            + [standardAlphabet, urlAlphabet].flatMap { alphabet in
                (0..<3).map { SecretForm(base64: bytes, after: $0, alphabet, of: secret) }
            }
    }

    /// Returns the range of the next occurrence at or after `start`; `nil` if there is none.
    func place(in text: [UInt8], from start: Int) -> Range<Int>? {
        guard let found = searched.place(in: text, from: start) else { return nil }
        guard isBase64 else { return found }
        let lower = isSharedBefore && found.lowerBound > start ? found.lowerBound - 1 : found.lowerBound
        var upper = isSharedBehind ? min(found.upperBound + 1, text.count) : found.upperBound
        while upper < text.count, text[upper] == UInt8(ascii: "=") { upper += 1 }
        return lower..<upper
    }

    private static let standardAlphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let urlAlphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
