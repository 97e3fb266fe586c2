internal import Crypto

/// The SHA-256 of a file's bytes.
package struct ContentHash: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 64 hexadecimal digits in lower case.
    package let hexadecimal: String

    /// How many digits it has.
    package static let digitCount = 64

    /// The hash of bytes.
    package init(of bytes: some Sequence<UInt8>) {
        hexadecimal = HexadecimalText.text(SHA256.hash(data: Array(bytes)))
    }

    /// A hash that is written down; `nil` where the text is not 64 hexadecimal digits.
    package init?(hexadecimal text: String) {
        guard text.utf8.count == Self.digitCount, HexadecimalText.isHexadecimal(text) else { return nil }
        hexadecimal = text.lowercased()
    }

    /// The digits.
    package var description: String { hexadecimal }

    /// By their digits.
    package static func < (left: ContentHash, right: ContentHash) -> Bool { left.hexadecimal < right.hexadecimal }
}
