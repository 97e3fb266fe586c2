internal import RecipeEngine

/// A line of a recipe as shown on a terminal, and the line of carets below it.
struct ShownExcerpt {
    /// The line, with tabs as single spaces and visible control characters.
    let text: String
    /// The spaces before the first caret.
    let pad: String
    /// A caret below each column of the error.
    let carets: String

    init(_ excerpt: RecipeFailure.Excerpt) {
        let end = excerpt.line.lastIndex { !$0.isWhitespace }
        let line = end.map { Array(excerpt.line[...$0]) } ?? []
        text = Self.shown(line[...])
        // Escaped characters take more columns than the originals.
        let before = Self.shown(line.prefix(excerpt.column))
        let meant = Self.shown(line.dropFirst(excerpt.column).prefix(excerpt.width))
        pad = String(repeating: " ", count: before.columns)
        carets = String(repeating: "^", count: max(1, meant.columns))
    }

    private static func shown(_ characters: ArraySlice<Character>) -> String {
        String(characters.map { $0 == "\t" ? " " : $0 }).withoutControls
    }
}

extension String {
    /// The number of terminal columns that the text takes.
    var columns: Int { reduce(0) { $0 + $1.columns } }
}

extension Character {
    /// Two for wide East Asian characters and emoji, as terminals draw them; else one.
    ///
    /// The ranges are the wide blocks of Unicode's East Asian Width, without single characters between them.
    fileprivate var columns: Int {
        guard let scalar = unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
