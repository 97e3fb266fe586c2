/// Rows with aligned columns; a row that is longer than the page is cut at its end.
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

    /// The rows; all have the same number of cells.
    let rows: [[Cell]]
    /// The columns up to which a column of the table gets the width of its longest cell.
    var widest = Int.max

    /// Returns a line for each row.
    ///
    /// - Parameter width: The columns of a line; `nil` for no limit.
    /// - Returns: The lines.
    func lines(width: Int?) -> [String] {
        let count = rows.first?.count ?? 0
        let widths = (0..<count).map { column in min(widest, rows.map { $0[column].text.columns }.max() ?? 0) }
        return rows.map { row in
            var line = ""
            var used = 0
            for (column, cell) in row.enumerated() {
                let isLast = column == count - 1
                let text = isLast ? cell.text.cut(to: width.map { max(8, $0 - used) }) : cell.text
                line += text.isEmpty ? "" : cell.paint(text)
                guard !isLast else { break }
                line += String(repeating: " ", count: max(0, widths[column] - text.columns) + 2)
                used += max(widths[column], text.columns) + 2
            }
            return line.trimmingSpacesAtEnd
        }
    }
}

extension String {
    /// Returns the beginning that fits into this many columns, with an ellipsis if something is missing.
    func cut(to width: Int?) -> String {
        guard let width, width < utf8.count, columns > width else { return self }
        var text = ""
        var used = 0
        for character in self {
            used += String(character).columns
            guard used < width else { break }
            text.append(character)
        }
        return text + "…"
    }

    fileprivate var trimmingSpacesAtEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
