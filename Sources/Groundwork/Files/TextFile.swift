/// What people write with an editor: recipes, settings, seed accounts, keys.
///
/// Editors put a byte order mark at the beginning and end lines in their own way. Whoever reads such a file reads it by
/// this, so that none of it reaches a value or a parser.
package enum TextFile {
    /// U+FEFF in UTF-8.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    /// U+FEFF in UTF-16, in either order.
    private static let otherMarks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF]]

    /// The text of a file's bytes: without the mark, and with lines that end by a line feed alone.
    package static func text(_ bytes: [UInt8]) -> [UInt8] {
        let text = bytes.starts(with: byteOrderMark) ? bytes[byteOrderMark.count...] : bytes[...]
        guard text.contains(carriageReturn) else { return Array(text) }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var before: UInt8 = 0
        for byte in text {
            if byte == carriageReturn {
                result.append(lineFeed)
            } else if byte != lineFeed || before != carriageReturn {
                result.append(byte)
            }
            before = byte
        }
        return result
    }

    /// Whether the bytes begin as UTF-16 does, which nothing here reads.
    package static func isUTF16(_ bytes: [UInt8]) -> Bool { otherMarks.contains { bytes.starts(with: $0) } }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
}
