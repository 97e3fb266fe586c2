/// The id of a commit: 40 hexadecimal digits in lower case, or 64 in a repository that uses SHA-256.
package struct CommitID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The digits.
    package let description: String

    /// An id that is written down; `nil` where it is not whole.
    package init?(_ text: some StringProtocol) {
        let count = text.utf8.count
        guard count == 40 || count == 64, HexadecimalText.isHexadecimal(String(text)) else { return nil }
        description = text.lowercased()
    }

    /// As much of it as people read.
    package var short: String { String(description.prefix(12)) }

    /// By their digits.
    package static func < (left: CommitID, right: CommitID) -> Bool { left.description < right.description }
}
