/// Bytes that are looked for in texts, in time by the sum of the lengths (Knuth, Morris and Pratt 1977): both can be the
/// choice of a hostile recipe, and the product of a long secret and a long text takes minutes.
struct SearchedBytes: Sendable {
    let bytes: [UInt8]
    /// For each number of matched bytes at the beginning, how many of them still match when the next one does not.
    private let fallback: [Int32]
    /// Of longer bytes, so many from the beginning are looked for: what follows in a text goes with them as far as it is
    /// the same, so that a part of a long key is found too.
    private static let mostSearched = 512

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var fallback: [Int32] = [0, 0]
        var matched = 0
        for byte in bytes.prefix(Self.mostSearched).dropFirst() {
            while matched > 0, bytes[matched] != byte { matched = Int(fallback[matched]) }
            if bytes[matched] == byte { matched += 1 }
            fallback.append(Int32(matched))
        }
        self.fallback = fallback
    }

    /// Where they stand next.
    func place(in text: [UInt8], from start: Int) -> Range<Int>? {
        let searched = min(bytes.count, Self.mostSearched)
        guard let first = bytes.first, start + searched <= text.count else { return nil }
        return text.withUnsafeBufferPointer { text -> Range<Int>? in
            var index = start
            var matched = 0
            while index < text.count {
                if matched == 0 {
                    guard let found = text[index...].firstIndex(of: first) else { return nil }
                    index = found + 1
                    matched = 1
                } else if text[index] == bytes[matched] {
                    index += 1
                    matched += 1
                } else {
                    matched = Int(fallback[matched])
                    continue
                }
                guard matched == searched else { continue }
                let begin = index - matched
                while index < text.count, matched < bytes.count, text[index] == bytes[matched] {
                    index += 1
                    matched += 1
                }
                return begin..<index
            }
            return nil
        }
    }
}
