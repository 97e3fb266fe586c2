extension String {
    /// The number of terminal columns that the text takes.
    var columns: Int { reduce(0) { $0 + $1.columns } }

    /// Returns the beginning that fits into this many columns, with an ellipsis if something is missing.
    ///
    /// - Parameter width: The columns; `nil` for no limit.
    /// - Returns: The text, or its beginning.
    func cut(to width: Int?) -> String {
        guard let width, columns > width else { return self }
        var text = ""
        var used = 0
        for character in self {
            guard used + character.columns < width else { break }
            text.append(character)
            used += character.columns
        }
        while text.last == " " { text.removeLast() }
        return text + "…"
    }
}

extension Character {
    /// Two for wide East Asian characters and emoji, as terminals draw them; else one.
    ///
    /// The ranges are the wide blocks of Unicode's East Asian Width, without single characters between them.
    var columns: Int {
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
