internal import RecipeEngine

/// A line of a recipe as shown on a terminal, and the line of carets below it.
///
/// A line that is too long is cut around the first caret.
struct ShownExcerpt {
    /// The line, with tabs as single spaces and visible control characters.
    let text: String
    /// The spaces before the first caret.
    let pad: String
    /// A caret below each shown column of the error.
    let carets: String

    /// The columns of a line if the width of the page is not known.
    private static let usualWidth = 200
    /// The smallest number of columns of a line.
    private static let narrowest = 20

    /// Cuts a line.
    ///
    /// - Parameters:
    ///   - excerpt: The line and the place of the error.
    ///   - width: The columns of the line; `nil` if not known.
    init(_ excerpt: RecipeFailure.Excerpt, width: Int? = nil) {
        let end = excerpt.line.lastIndex { !$0.isWhitespace }
        let line = end.map { Array(excerpt.line[...$0]) } ?? []
        let room = max(Self.narrowest, width ?? Self.usualWidth)
        // Escaped characters take more columns than the originals.
        let pieces = line.map(Self.shown)
        let columns = pieces.map(\.columns)
        let (start, stop) = Self.window(columns, around: excerpt.column, room)
        text =
            (start > 0 ? "…" : "") + pieces[start..<stop].joined() + (stop < pieces.count ? "…" : "")
        let column = min(max(excerpt.column, start), stop)
        let before = (start > 0 ? 1 : 0) + columns[start..<column].reduce(0, +)
        let meant = columns[column..<min(max(column, excerpt.column + excerpt.width), stop)].reduce(0, +)
        pad = String(repeating: " ", count: before)
        carets = String(repeating: "^", count: max(1, meant))
    }

    /// Returns the range of characters to show: a third of the room is for what stands before the error.
    private static func window(_ columns: [Int], around column: Int, _ room: Int) -> (Int, Int) {
        guard columns.reduce(0, +) > room else { return (0, columns.count) }
        var start = min(column, columns.count)
        var used = 0
        while start > 0, used + columns[start - 1] <= room / 3 {
            start -= 1
            used += columns[start]
        }
        var stop = start
        used = 2
        while stop < columns.count, used + columns[stop] <= room {
            used += columns[stop]
            stop += 1
        }
        // The end of the line leaves room for more of its beginning.
        while stop == columns.count, start > 0, used + columns[start - 1] <= room {
            start -= 1
            used += columns[start]
        }
        return (start, stop)
    }

    private static func shown(_ character: Character) -> String {
        character == "\t" ? " " : String(character).withoutControls
    }
}
