/// Rows with aligned columns.
///
/// If the rows are wider than the page, the widest columns that may shrink become narrower.
struct TextTable {
    /// A cell: its text, and the text in its color.
    struct Cell {
        let text: String
        let paint: (String) -> String

        init(_ text: String, _ paint: @escaping (String) -> String = { $0 }) {
            self.text = text
            self.paint = paint
        }
    }

    /// The columns between two cells.
    private static let gap = 2
    /// The columns that a shrunk column keeps.
    private static let narrowest = 10
    /// The columns that a wrapped column keeps.
    private static let narrowestWrapped = 30

    /// The rows; all have the same number of cells.
    let rows: [[Cell]]
    /// The columns up to which a column of the table gets the width of its longest cell.
    var widest = Int.max
    /// The columns before each row.
    var margin = 0
    /// The positions of columns whose texts may be cut, besides the last column.
    var cut: Set<Int> = []
    /// Whether a text in the last column continues below itself instead of being cut.
    var wrapsLast = false

    /// Returns the lines of the rows.
    ///
    /// - Parameter page: The columns of a line; `nil` for no limit.
    /// - Returns: The lines.
    func lines(width page: Int?) -> [String] {
        let count = rows.first?.count ?? 0
        let widths = widths(count, page)
        let indent = String(repeating: " ", count: margin + widths.dropLast().reduce(0) { $0 + $1 + Self.gap })
        return rows.flatMap { row -> [String] in
            var line = String(repeating: " ", count: margin)
            for (cell, width) in zip(row.dropLast(), widths) {
                let text = page == nil ? cell.text : cell.text.cut(to: width)
                line += text.isEmpty ? "" : cell.paint(text)
                line += String(repeating: " ", count: max(0, width - text.columns) + Self.gap)
            }
            guard let last = row.last, let room = widths.last else { return [line] }
            let texts =
                wrapsLast ? last.text.rows(of: max(1, room)) : [page == nil ? last.text : last.text.cut(to: room)]
            return texts.enumerated().map { index, text in
                ((index == 0 ? line : indent) + (text.isEmpty ? "" : last.paint(text))).trimmingSpacesAtEnd
            }
        }
    }

    /// Returns the widths of the columns on a page.
    private func widths(_ count: Int, _ width: Int?) -> [Int] {
        var widths = (0..<count).map { column in min(widest, rows.map { $0[column].text.columns }.max() ?? 0) }
        guard let width, count > 0 else { return widths }
        let least = (0..<count).map { column in
            let narrowest = wrapsLast && column == count - 1 ? Self.narrowestWrapped : Self.narrowest
            return cut.contains(column) || column == count - 1 ? min(narrowest, widths[column]) : widths[column]
        }
        var excess = margin + widths.reduce(0, +) + Self.gap * (count - 1) - width
        while excess > 0 {
            // Make the widest column as narrow as the next, if it may be so narrow.
            let shrinking = (0..<count).filter { widths[$0] > least[$0] }
            guard let widest = shrinking.max(by: { widths[$0] < widths[$1] }) else { break }
            let next = shrinking.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
            let target = max(least[widest], min(next, widths[widest] - 1), widths[widest] - excess)
            excess -= widths[widest] - target
            widths[widest] = target
        }
        return widths
    }
}

extension String {
    fileprivate var trimmingSpacesAtEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
