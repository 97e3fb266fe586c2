/// The decoding of files that people write with an editor: recipes, settings, seed accounts, keys.
///
/// Editors may add a byte order mark and use other line endings. All readers of such files use this type, so that
/// neither reaches a value or a parser.
package enum TextFile {
    /// U+FEFF in UTF-8.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    /// U+FEFF in UTF-16, in either byte order.
    private static let otherMarks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF]]

    /// Returns the bytes without the byte order mark, with each CR LF or CR replaced by LF.
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

    /// Whether the bytes begin with a byte order mark of UTF-16, which sprun does not read.
    package static func isUTF16(_ bytes: [UInt8]) -> Bool { otherMarks.contains { bytes.starts(with: $0) } }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
}
