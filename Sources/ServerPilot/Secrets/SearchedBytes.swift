/// Bytes to search for, in time linear in the sum of both lengths (Knuth, Morris and Pratt 1977).
///
/// A hostile recipe can choose both the secret and the text. Time by the product of both lengths could take minutes.
struct SearchedBytes: Sendable {
    let bytes: [UInt8]
    /// For each number of matched leading bytes, the number that still match if the next byte differs.
    private let fallback: [Int32]
    /// The number of leading bytes that are searched for.
    ///
    /// A match then extends as far as the text equals the rest of the bytes, so a part of a long key is found too.
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

    /// Returns the range of the next occurrence at or after `start`; `nil` if there is none.
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
