/// Texts of others as a terminal may show them: of recipes, APIs, git hosts, other machines.
///
/// Whoever writes such a text must not be able to move the cursor, to hide or to turn round what stands beside it, or to
/// begin a line that looks like one of sprun's own. All that sprun shows of others goes through one of these.
extension String {
    /// The text on one line: line breaks, what a terminal obeys, what cannot be seen, and marks that join with what
    /// stands before them are written as escapes: `\n`, `\u{202e}`.
    var withoutControls: String { escaped { $0.isPlain } }

    /// The same of a text that is printed: line breaks, tabs and the marks of languages stay.
    ///
    /// For what a recipe says by itself and nobody takes for sprun's words.
    var printed: String {
        var marks = 0
        return escaped { scalar in
            marks = scalar.isMark ? marks + 1 : 0
            return scalar == "\n" || scalar == "\t" || scalar.isPlain || scalar.isPrinted
                || (scalar.isMark && marks <= Self.mostMarks)
        }
    }

    /// Marks on one letter that are shown; languages need three at most.
    private static let mostMarks = 4

    /// As much of the text as fits, on one line, without runs of blanks.
    ///
    /// - Parameter limit: characters that are shown; where there are more, their number stands behind.
    /// - Returns: the text.
    func shortened(to limit: Int) -> String {
        let text = split(separator: " ").joined(separator: " ").withoutControls
        let count = text.count
        return count > limit ? "\(text.prefix(limit))… (\(count - limit) more characters)" : text
    }

    /// The text in quotation marks, which it cannot close by itself.
    var quoted: String { "\"\(replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").withoutControls)\"" }

    /// The text with each of its lines but the first behind a margin, so that none begins like a line of sprun's.
    ///
    /// - Parameters:
    ///   - margin: what stands before the others.
    ///   - width: columns that a row may have with its margin, where it is known; longer rows are broken.
    ///   - limit: rows that are shown; where there are more, their number stands behind.
    ///   - bytes: bytes that are shown; whatever comes then is cut off.
    /// - Returns: the text, with line breaks and margins.
    func behind(
        _ margin: String, width: Int? = nil, atMost limit: Int = 200, bytes: Int = 64 << 10
    ) -> String {
        let isCut = utf8.count > bytes
        let shown = isCut ? String(decoding: utf8.prefix(bytes), as: UTF8.self) + "…" : self
        var rows = shown.split(omittingEmptySubsequences: false) { $0.isNewline }.flatMap { line -> [String] in
            let line = String(line).withoutControls
            guard let width else { return [line] }
            return line.rows(of: max(20, width - margin.columns))
        }
        if rows.count > limit { rows[limit...] = ["… (\(rows.count - limit) more lines)"] }
        return rows.joined(separator: "\n\(margin)")
    }

    /// The text in rows of at most so many columns, broken between words where there are any.
    func rows(of width: Int) -> [String] {
        var rows: [String] = []
        var row = ""
        var columns = 0
        for word in split(separator: " ", omittingEmptySubsequences: false) {
            let length = word.reduce(0) { $0 + $1.mostColumns }
            if !row.isEmpty, columns + 1 + length > width {
                rows.append(row)
                (row, columns) = ("", 0)
            } else if !row.isEmpty {
                row += " "
                columns += 1
            }
            for character in word {
                if columns + character.mostColumns > width {
                    rows.append(row)
                    (row, columns) = ("", 0)
                }
                row.append(character)
                columns += character.mostColumns
            }
        }
        return rows + [row]
    }

    private func escaped(unless isShown: (Unicode.Scalar) -> Bool) -> String {
        // Most texts are this, and some have megabytes.
        if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return self }
        var text = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if isShown(scalar) {
                text.append(scalar)
            } else {
                let escape =
                    switch scalar {
                    case "\n": "\\n"
                    case "\t": "\\t"
                    default: "\\u{" + String(scalar.value, radix: 16) + "}"
                    }
                text.append(contentsOf: escape.unicodeScalars)
            }
        }
        return String(text)
    }
}

extension Character {
    /// So many columns it takes at most, whatever a terminal makes of it.
    fileprivate var mostColumns: Int { unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) } }
}

extension Unicode.Scalar {
    /// Whether it is seen as itself, and changes nothing beside it.
    fileprivate var isPlain: Bool {
        if (0x20..<0x7F).contains(value) { return true }
        // Hangul fillers and the like are letters by their category; the braille pattern without dots is a symbol.
        guard !properties.isDefaultIgnorableCodePoint, value != 0x2800 else { return false }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator, .nonspacingMark, .enclosingMark:
            return false
        default: return true
        }
    }

    /// Whether it joins with the letter before it.
    fileprivate var isMark: Bool {
        [.nonspacingMark, .enclosingMark].contains(properties.generalCategory)
            && (!properties.isDefaultIgnorableCodePoint || value == 0xFE0F)
    }

    /// What texts of people have beside that: other blanks, and what joins emoji.
    fileprivate var isPrinted: Bool {
        value == 0x200D || properties.generalCategory == .spaceSeparator || properties.generalCategory == .privateUse
    }
}
