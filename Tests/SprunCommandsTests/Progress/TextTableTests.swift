import Testing

@testable import RecipeEngine
@testable import SprunCommands

@Suite("Text that fits the page")
struct TextTableTests {
    private static func cells(_ texts: String...) -> [TextTable.Cell] { texts.map { TextTable.Cell($0) } }

    @Test("a table without a width, or within it, is not cut")
    func whole() {
        let table = TextTable(rows: [Self.cells("A", "BB", "CCC"), Self.cells("aaa", "", "c")])
        #expect(table.lines(width: nil) == ["A    BB  CCC", "aaa      c"])
        #expect(table.lines(width: 12) == table.lines(width: nil))
    }

    @Test("the last column and the flexible columns shrink, the widest first; others never do")
    func cut() {
        let row = Self.cells("k3v9q2", String(repeating: "b", count: 30), String(repeating: "c", count: 50))
        let only = TextTable(rows: [row]).lines(width: 60)
        #expect(only == ["k3v9q2  \(String(repeating: "b", count: 30))  \(String(repeating: "c", count: 19))…"])
        let both = TextTable(rows: [row], cut: [1]).lines(width: 60)
        #expect(both[0].columns == 60 && both[0].contains("b…  c") && both[0].hasSuffix("c…"), "\(both)")
        let narrow = TextTable(rows: [row], cut: [1]).lines(width: 10)
        #expect(narrow == ["k3v9q2  bbbbbbbbb…  ccccccccc…"])
    }

    @Test("a last column that wraps continues below itself")
    func wrapped() {
        let table = TextTable(
            rows: [Self.cells("a", "the quick brown fox jumps over the lazy dog")], wrapsLast: true)
        #expect(
            table.lines(width: 34) == ["a  the quick brown fox jumps over", "   the lazy dog"])
    }

    @Test("wide characters count twice")
    func wide() {
        #expect("日本語テキスト".cut(to: 7) == "日本語…")
        #expect("日本語".cut(to: 6) == "日本語")
        #expect("ab cd".cut(to: 4) == "ab…")
    }

    @Test("an excerpt of a long line is cut around the caret, with the carets", arguments: [80, 200])
    func excerpt(width: Int) {
        let line = String(repeating: "x", count: 900) + "WRONG" + String(repeating: "y", count: 900)
        let shown = ShownExcerpt(.init(line: line, column: 900, width: 5, offset: 0), width: width)
        #expect(shown.text.columns <= width && shown.text.hasPrefix("…x") && shown.text.hasSuffix("y…"), "\(shown)")
        #expect(shown.carets == "^^^^^")
        let place = shown.text.index(shown.text.startIndex, offsetBy: shown.pad.count)
        #expect(shown.text[place...].hasPrefix("WRONG"))

        let all = ShownExcerpt(.init(line: line, column: 0, width: line.count, offset: 0), width: width)
        #expect(all.carets.count <= width && all.text.hasPrefix("xxx") && all.text.hasSuffix("…"))
        let end = ShownExcerpt(.init(line: line, column: 1800, width: 5, offset: 0), width: width)
        #expect(end.text.columns <= width && end.text.hasSuffix("yyy") && end.carets == "^^^^^", "\(end)")
        let short = ShownExcerpt(.init(line: "  prnt(a)", column: 2, width: 4, offset: 0), width: width)
        #expect((short.text, short.pad, short.carets) == ("  prnt(a)", "  ", "^^^^"))
    }
}
