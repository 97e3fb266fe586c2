internal import Groundwork

/// The id of a commit: 40 lowercase hexadecimal digits, or 64 in a repository that uses SHA-256.
package struct CommitID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// All digits.
    package let description: String

    /// Creates an id from its full text; `nil` if the text is not 40 or 64 hexadecimal digits.
    package init?(_ text: some StringProtocol) {
        let count = text.utf8.count
        guard count == 40 || count == 64, HexadecimalText.isHexadecimal(text) else { return nil }
        description = text.lowercased()
    }

    /// The first 12 digits, for messages.
    package var short: String { String(description.prefix(12)) }

    /// Compares the digits.
    package static func < (left: CommitID, right: CommitID) -> Bool { left.description < right.description }
}
