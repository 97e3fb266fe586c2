/// Text from recipes, APIs, git hosts and other machines, made safe for a terminal.
///
/// The author of such a text must not be able to move the cursor, hide or reverse neighboring text, or imitate a line
/// of sprun. Everything from others that sprun shows passes through one of these members.
extension String {
    /// The text on a single line, with unsafe characters as escapes such as `\n` and `\u{202e}`.
    ///
    /// Unsafe are line breaks, control characters, invisible characters, and marks that join the preceding character.
    var withoutControls: String { escaped { $1 == .plain } }

    /// The text for printing: like `withoutControls`, but line breaks, tabs and combining marks are kept.
    ///
    /// It is for a recipe's own output, which users do not mistake for text of sprun.
    var printed: String {
        var marks = 0
        return escaped { scalar, kind in
            marks = kind == .mark ? marks + 1 : 0
            return scalar == "\n" || scalar == "\t" || kind == .plain || kind == .printed
                || (kind == .mark && marks <= Self.mostMarks)
        }
    }

    /// The number of marks kept on a letter; languages need three at most.
    private static let mostMarks = 4

    /// Returns the beginning of the text on one line, with runs of spaces collapsed.
    ///
    /// - Parameter limit: The number of characters shown; if there are more, the count of the rest follows.
    /// - Returns: The shortened text.
    func shortened(to limit: Int) -> String {
        let text = split(separator: " ").joined(separator: " ").withoutControls
        let count = text.count
        return count > limit ? "\(text.prefix(limit))… (\(count - limit) more characters)" : text
    }

    /// The text in quotation marks; a quotation mark in the text is escaped, so it cannot end the quotation.
    var quoted: String { "\"\(replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").withoutControls)\"" }

    /// Returns the text with a margin before each line except the first, so that no line imitates a line of sprun.
    ///
    /// - Parameters:
    ///   - margin: The margin.
    ///   - label: The columns that stand before the first row, where it has no margin.
    ///   - width: The columns of a row including the margin; longer rows are broken. `nil` for no limit.
    ///   - limit: The number of rows shown; if there are more, the count of the rest follows.
    ///   - bytes: The number of bytes shown; if there are more, the count of the rest follows.
    ///   - hint: The words behind the count of the rest.
    /// - Returns: The text with line breaks and margins.
    func behind(
        _ margin: String, after label: Int = 0, width: Int? = nil, atMost limit: Int = 200, bytes: Int = 64 << 10,
        hint: String = ""
    ) -> String {
        let rest = utf8.count - bytes
        let shown = rest > 0 ? String(decoding: utf8.prefix(bytes), as: UTF8.self) : self
        var text = ""
        var count = 0
        // Rows behind the limit are counted and not kept: a text of line breaks has millions.
        shown.forEachLine { line in
            guard count < limit || width != nil else { return count += 1 }
            let line = String(line).withoutControls
            let rows =
                width.map { line.rows(of: max(20, $0 - margin.columns), after: count == 0 ? label : 0) } ?? [line]
            for row in rows {
                if count > 0, count < limit { text += "\n\(margin)" }
                if count < limit { text += row }
                count += 1
            }
        }
        if rest > 0, count <= limit { text += "… (\(rest) more bytes\(hint))" }
        if count > limit { text += "\n\(margin)… (\(count - limit) more lines\(hint))" }
        return text
    }

    /// Returns the text in rows of at most this many columns, broken between words if possible.
    ///
    /// - Parameters:
    ///   - width: The columns of a row.
    ///   - label: The columns of the first row that are taken.
    /// - Returns: The rows.
    func rows(of width: Int, after label: Int = 0) -> [String] {
        var rows: [String] = []
        var row = ""
        var columns = label
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

    /// Calls `body` with each line, ended by any line break of Unicode; CR LF is one.
    ///
    /// It reads scalars, since splitting into characters takes seconds for some megabytes of combining marks.
    private func forEachLine(_ body: (Substring.UnicodeScalarView) -> Void) {
        var start = unicodeScalars.startIndex
        var index = start
        while index < unicodeScalars.endIndex {
            let next = unicodeScalars.index(after: index)
            if Character(unicodeScalars[index]).isNewline {
                body(unicodeScalars[start..<index])
                start = next
                if unicodeScalars[index] == "\r", next < unicodeScalars.endIndex, unicodeScalars[next] == "\n" {
                    start = unicodeScalars.index(after: next)
                }
                index = start
            } else {
                index = next
            }
        }
        body(unicodeScalars[start...])
    }

    private func escaped(unless isShown: (Unicode.Scalar, ScalarKind) -> Bool) -> String {
        // A fast path for most texts; some have megabytes.
        if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return self }
        var text: [UInt8] = []
        text.reserveCapacity(utf8.count)
        var kinds = ScalarKinds()
        for scalar in unicodeScalars {
            if isShown(scalar, kinds.kind(of: scalar)) {
                text.append(contentsOf: scalar.utf8)
            } else {
                switch scalar {
                case "\n": text.append(contentsOf: "\\n".utf8)
                case "\t": text.append(contentsOf: "\\t".utf8)
                default: text.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".utf8)
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// How a terminal shows a character.
private enum ScalarKind {
    /// As itself, without changing a character beside it.
    case plain
    /// In a way that only printed text may use: other spaces, private use, and the joiner of emoji.
    case printed
    /// Combined with the letter before it.
    case mark
    /// Not at all, or as a command.
    case hidden
}

/// The kinds of characters, kept for the next time: looking up the properties of a character takes 100 ns and more.
private struct ScalarKinds {
    private static let size = 1024
    private var scalars = [UInt32](repeating: .max, count: size)
    private var kinds = [ScalarKind](repeating: .hidden, count: size)

    mutating func kind(of scalar: Unicode.Scalar) -> ScalarKind {
        let place = Int(scalar.value) % Self.size
        if scalars[place] != scalar.value { (scalars[place], kinds[place]) = (scalar.value, scalar.kind) }
        return kinds[place]
    }
}

extension Character {
    /// The largest number of columns that any terminal uses for the character.
    fileprivate var mostColumns: Int { unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) } }
}

extension Unicode.Scalar {
    fileprivate var kind: ScalarKind {
        if (0x20..<0x7F).contains(value) { return .plain }
        let category = properties.generalCategory
        // Hangul fillers and similar characters have the category of letters; the empty braille pattern is a symbol.
        let isInvisible = properties.isDefaultIgnorableCodePoint || value == 0x2800
        switch category {
        case .nonspacingMark, .spacingMark, .enclosingMark: return isInvisible && value != 0xFE0F ? .hidden : .mark
        // The skin tones of emoji are symbols that join the character before them.
        case .modifierSymbol where (0x1F3FB...0x1F3FF).contains(value): return .mark
        case .spaceSeparator, .privateUse: return .printed
        case .control, .format, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator:
            return value == 0x200D ? .printed : .hidden
        default: return isInvisible ? .hidden : .plain
        }
    }
}
