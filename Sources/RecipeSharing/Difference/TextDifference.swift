/// The line differences between two texts, with a few lines around each change.
package struct TextDifference: Hashable, Sendable, CustomStringConvertible {
    /// A line of a hunk.
    package struct Line: Hashable, Sendable {
        /// The text that a line belongs to.
        package enum Kind: Hashable, Sendable {
            /// A line of both texts.
            case same
            /// A line of the old text only.
            case removed
            /// A line of the new text only.
            case added
        }

        /// The text that the line belongs to.
        package let kind: Kind
        /// The line without its line feed.
        ///
        /// It is unchanged: before showing it on a terminal, the caller must remove control characters.
        package let text: String
        /// Whether the line has no line feed, which is possible only at the end of a text.
        package let isUnended: Bool
    }

    /// Neighboring changes and the lines around them.
    package struct Hunk: Hashable, Sendable {
        /// The number of the first line in the old text, from 1; if `oldCount` is 0, the number of the line before.
        package let oldStart: Int
        /// The number of lines from the old text.
        package let oldCount: Int
        /// The number of the first line in the new text, from 1; if `newCount` is 0, the number of the line before.
        package let newStart: Int
        /// The number of lines from the new text.
        package let newCount: Int
        /// The lines in order; in a change, removed lines come first.
        package let lines: [Line]
    }

    /// The changes; empty if the texts are equal.
    package let hunks: [Hunk]

    /// The number of unchanged lines around a change.
    package static let contextLines = 3

    /// Compares two texts; bytes that are not UTF-8 are compared, but shown as `U+FFFD`.
    package init(old: [UInt8], new: [UInt8]) {
        let script = LineScript(old: LineScript.lines(old), new: LineScript.lines(new))
        hunks = HunkMaker(context: Self.contextLines).hunks(script.lines)
    }

    /// The unified format of `diff -u`, without the lines that name the files; empty if the texts are equal.
    package var description: String {
        hunks.map(\.description).joined()
    }
}

extension TextDifference.Hunk: CustomStringConvertible {
    /// The hunk in the unified format; each line ends with a line feed.
    package var description: String {
        func range(_ start: Int, _ count: Int) -> String { count == 1 ? "\(start)" : "\(start),\(count)" }
        var text = "@@ -\(range(oldStart, oldCount)) +\(range(newStart, newCount)) @@\n"
        for line in lines {
            let mark =
                switch line.kind {
                case .same: " "
                case .removed: "-"
                case .added: "+"
                }
            text += mark + line.text + "\n"
            if line.isUnended { text += "\\ No newline at end of file\n" }
        }
        return text
    }
}
