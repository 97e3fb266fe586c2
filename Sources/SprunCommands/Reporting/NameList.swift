/// Names with a text beside each, in columns that fit the page.
struct NameList {
    /// The names and their texts.
    let entries: [(name: String, text: String)]
    /// The columns of the page.
    let width: Int

    /// The columns before each name.
    private static let margin = 2
    /// The columns between a name and its text.
    private static let gap = 2
    /// The smallest width of a text beside its name; a narrower text stands below the name.
    private static let narrowest = 30

    /// The width of the page if it is not known.
    static let usualWidth = 80

    init(_ entries: [(name: String, text: String)], on page: Page) {
        self.entries = entries
        width = page.width ?? Self.usualWidth
    }

    /// The column in which the texts begin, without the margin.
    private var column: Int {
        let longest = entries.map { $0.name.columns + Self.gap }.max() ?? 0
        return min(longest, max(0, width - Self.margin - Self.narrowest))
    }

    /// Returns the lines; a text that does not fit continues below itself.
    func wrapped(_ style: Style) -> [String] {
        entries.flatMap { entry -> [String] in
            let indent = String(repeating: " ", count: Self.margin + column)
            let rows = entry.text.isEmpty ? [] : entry.text.rows(of: max(20, width - indent.count))
            let name = String(repeating: " ", count: Self.margin) + style.bold(entry.name)
            let rest = column - entry.name.columns
            guard rest >= Self.gap, let first = rows.first else { return [name] + rows.map { indent + $0 } }
            return [name + String(repeating: " ", count: rest) + first] + rows.dropFirst().map { indent + $0 }
        }
    }

    /// Returns one line for each name; a text that does not fit ends with `…`.
    func shortened(_ style: Style) -> [String] {
        let rows = entries.map { [TextTable.Cell($0.name, style.bold), TextTable.Cell($0.text)] }
        return TextTable(rows: rows, margin: Self.margin).lines(width: width)
    }
}
