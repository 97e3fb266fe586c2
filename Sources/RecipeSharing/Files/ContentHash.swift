internal import Crypto
internal import Groundwork

/// The SHA-256 of a file's bytes.
package struct ContentHash: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The hash as 64 lowercase hexadecimal digits.
    package let hexadecimal: String

    /// The number of hexadecimal digits.
    package static let digitCount = 64

    /// Computes the hash of bytes.
    package init(of bytes: some Sequence<UInt8>) {
        hexadecimal = HexadecimalText.text(SHA256.hash(data: Array(bytes)))
    }

    /// Creates a hash from its text; `nil` if the text is not 64 hexadecimal digits.
    package init?(hexadecimal text: String) {
        guard text.utf8.count == Self.digitCount, HexadecimalText.isHexadecimal(text) else { return nil }
        hexadecimal = text.lowercased()
    }

    /// The hexadecimal digits.
    package var description: String { hexadecimal }

    /// Compares the digits.
    package static func < (left: ContentHash, right: ContentHash) -> Bool { left.hexadecimal < right.hexadecimal }
}
