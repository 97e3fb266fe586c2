internal import Groundwork
internal import OrderedCollections

/// A list of objects as a table: a row for each object, a column for each member.
struct ResultTable {
    private let items: [JSONValue]
    /// The names of the columns: `name` and `id` first, those with lists or objects last.
    private let columns: [String]

    /// The columns of a cell on a page whose width is known, where longer texts end with an ellipsis.
    ///
    /// On other pages, longer texts move the rest of their row.
    private static let widestCell = 40
    /// The bytes of a cell that are shown.
    private static let longestCell = 4 << 10

    init(_ items: [JSONValue]) {
        self.items = items
        var names: OrderedSet<String> = []
        for item in items { names.formUnion(item.objectValue?.keys ?? []) }
        let first = ["name", "id"].filter { names.contains($0) }
        let long = Set(names.filter { name in items.contains { $0[name].map { !$0.isScalar } ?? false } })
        let rest = names.filter { !first.contains($0) }
        columns = first + rest.filter { !long.contains($0) } + rest.filter(long.contains)
    }

    /// Returns the lines, with the names of the columns first.
    ///
    /// Columns that do not fit the page are left out; the last line names them.
    func lines(on page: Page, indent: Int) -> [String] {
        let limit = page.width == nil ? Int.max : Self.widestCell
        let cells = columns.map { column in [column] + items.map { Self.text($0[column]) } }
            .map { column in column.map { $0.withoutControls.cut(to: limit) } }
        let widths = cells.map { column in column.map(\.columns).max() ?? 0 }
        let shown = page.width.map { Self.fitting(widths, in: $0 - indent) } ?? widths.count
        let rows = (0...items.count).map { row in
            cells.prefix(shown).map { column in
                TextTable.Cell(column[row]) { row == 0 ? page.style.bold($0) : $0 }
            }
        }
        let margin = String(repeating: " ", count: indent)
        let lines = TextTable(rows: rows, widest: Self.widestCell).lines(width: page.width.map { $0 - indent })
            .map { margin + $0 }
        guard shown < columns.count else { return lines }
        let rest = columns[shown...].map { $0.withoutControls.cut(to: Self.widestCell) }.joined(separator: ", ")
        return lines + [page.style.faint("\(margin)(also: \(rest); -o json shows all)".cut(to: page.width))]
    }

    /// Returns how many columns of these widths fit; at least one.
    private static func fitting(_ widths: [Int], in width: Int) -> Int {
        var used = -2
        for (index, column) in widths.enumerated() {
            used += column + 2
            if used > width { return max(1, index) }
        }
        return widths.count
    }

    private static func text(_ value: JSONValue?) -> String {
        let text =
            switch value {
            case nil, .null: ""
            case .string(let text): text
            case .array(let items) where items.allSatisfy(\.isScalar):
                items.map { Self.text($0) }.joined(separator: ", ")
            case .some(let value): value.text()
            }
        return text.utf8.count <= longestCell
            ? text : String(decoding: text.utf8.prefix(longestCell), as: UTF8.self) + "…"
    }
}
