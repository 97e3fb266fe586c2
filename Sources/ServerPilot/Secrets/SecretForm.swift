/// One way in which a secret is written down without being escaped: as it is, or within base64.
struct SecretForm: Sendable {
    /// The secret itself.
    let secret: String
    let searched: SearchedBytes
    /// Of a piece of base64, whether the characters before and behind it hold bits of the secret too.
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
    ///   - before: how many bytes stand before it, modulo 3.
    ///   - alphabet: the 64 characters.
    ///   - secret: the same as text.
    private init(base64 bytes: [UInt8], after before: Int, _ alphabet: [UInt8], of secret: String) {
        self.secret = secret
        // The characters that these bytes alone decide.
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

    /// All forms of a secret; escapes are taken off the text instead (`DecodedText`).
    static func forms(of secret: String) -> [SecretForm] {
        let bytes = Array(secret.utf8)
        let plus = bytes.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 }
        return [SecretForm(plain: bytes, of: secret)]
            // As a form is sent, where a plus of the secret's own is %2B.
            + (plus == bytes ? [] : [SecretForm(plain: plus, of: secret)])
            + [standardAlphabet, urlAlphabet].flatMap { alphabet in
                (0..<3).map { SecretForm(base64: bytes, after: $0, alphabet, of: secret) }
            }
    }

    /// Where it stands next.
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
