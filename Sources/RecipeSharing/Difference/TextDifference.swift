/// What is different between two texts, by lines, with a few lines around each change.
package struct TextDifference: Hashable, Sendable, CustomStringConvertible {
    /// One line of a hunk.
    package struct Line: Hashable, Sendable {
        /// Whose line it is.
        package enum Kind: Hashable, Sendable {
            /// Both have it.
            case same
            /// The old text has it.
            case removed
            /// The new text has it.
            case added
        }

        /// Whose line it is.
        package let kind: Kind
        /// The line without its end.
        ///
        /// It is as it stands in the file: who shows it on a terminal takes out what that would obey.
        package let text: String
        /// Whether it has no line feed behind it, as only a last line can.
        package let isUnended: Bool
    }

    /// Changes that lie close together, and the lines around them.
    package struct Hunk: Hashable, Sendable {
        /// The number of the first line in the old text, from 1; the line before it where `oldCount` is 0.
        package let oldStart: Int
        /// How many lines of the old text it has.
        package let oldCount: Int
        /// The number of the first line in the new text, from 1; the line before it where `newCount` is 0.
        package let newStart: Int
        /// How many lines of the new text it has.
        package let newCount: Int
        /// The lines, in order; of a change first what was removed.
        package let lines: [Line]
    }

    /// The changes; none where the texts are the same.
    package let hunks: [Hunk]

    /// How many lines are shown around a change.
    package static let contextLines = 3

    /// The difference of two texts in UTF-8; other bytes are compared, and shown as `U+FFFD`.
    package init(old: [UInt8], new: [UInt8]) {
        let script = LineScript(old: LineScript.lines(old), new: LineScript.lines(new))
        hunks = HunkMaker(context: Self.contextLines).hunks(script.lines)
    }

    /// The unified form, as `diff -u` and `git diff` write it, without the lines that name the files; empty where there
    /// is no difference.
    package var description: String {
        hunks.map(\.description).joined()
    }
}

extension TextDifference.Hunk: CustomStringConvertible {
    /// The hunk in the unified form, each line ended.
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
