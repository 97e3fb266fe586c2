internal import ServerPilot

extension RecipeFailure.Excerpt {
    /// Characters of a line that are shown: people write none as long, and each takes 16 bytes.
    private static let longestLine = 2000
    /// Bytes of a word that is looked for: names are shorter.
    private static let longestToken = 200
    /// Lines of a call that are searched for an argument.
    private static let mostLines = 50

    /// The line of a recipe that a failure is about.
    ///
    /// A call that takes several lines is searched to its end: for Lua its place is the line where it begins.
    ///
    /// - Parameters:
    ///   - source: the recipe.
    ///   - number: the line of the failure, from 1.
    ///   - token: a word to point at, as `RecipeError.token`.
    ///   - redactor: what takes the secrets out of the line, before it is cut, so that none is left in part.
    init?(of source: RecipeSource, at number: Int, token: String?, redactor: Redactor) {
        func line(_ offset: Int) -> LineOfCode? {
            source.line(number + offset).map { LineOfCode(String(redactor.redact($0).prefix(Self.longestLine))) }
        }
        guard let first = line(0) else { return nil }
        if let token, token.utf8.count <= Self.longestToken {
            if let place = first.place(of: token, inCode: true) {
                self.init(first, place, offset: 0)
                return
            }
            var depth = first.depth
            for offset in 1..<Self.mostLines where depth > 0 {
                guard let next = line(offset) else { break }
                if let place = next.place(of: token, inCode: true) {
                    self.init(next, place, offset: offset)
                    return
                }
                depth += next.depth
            }
            if let place = first.place(of: token, inCode: false) {
                self.init(first, place, offset: 0)
                return
            }
        }
        self.init(first, first.text, offset: 0)
    }

    private init(_ line: LineOfCode, _ place: Range<Int>, offset: Int) {
        self.init(
            line: String(line.characters), column: place.lowerBound, width: max(1, place.count), offset: offset)
    }
}

/// A line of Lua, as far as it takes to point at a word of it.
struct LineOfCode {
    let characters: [Character]
    /// Which of them are code, and not part of a string or a comment.
    private let isCode: [Bool]

    init(_ line: String) {
        characters = Array(line)
        isCode = Self.code(characters)
    }

    /// All but the blanks around it.
    var text: Range<Int> {
        let start = characters.firstIndex { !$0.isWhitespace } ?? 0
        let end = characters.lastIndex { !$0.isWhitespace } ?? start - 1
        return start..<max(start, end + 1)
    }

    /// How many more brackets are opened than closed.
    var depth: Int {
        characters.indices.reduce(0) { depth, index in isCode[index] ? depth + Self.step(characters[index]) : depth }
    }

    /// Where a word stands; of one with `=` behind it, where the value stands that it is given.
    func place(of token: String, inCode: Bool) -> Range<Int>? {
        let wantsValue = token.hasSuffix("=")
        let word = Array(wantsValue ? token.dropLast() : token[...])
        guard !word.isEmpty, word.count <= characters.count else { return nil }
        var named: Range<Int>?
        for start in 0...(characters.count - word.count) {
            let place = start..<start + word.count
            guard isCode[start] || !inCode, Array(characters[place]) == word, !isWord(at: start - 1),
                !isWord(at: place.upperBound)
            else { continue }
            guard wantsValue else { return place }
            if let value = value(after: place.upperBound) { return value }
            named = named ?? place
        }
        return named
    }

    /// Where the value stands that follows `=`.
    private func value(after index: Int) -> Range<Int>? {
        guard let sign = next(after: index), characters[sign] == "=", sign + 1 < characters.count,
            characters[sign + 1] != "=", let start = next(after: sign + 1)
        else { return nil }
        var depth = 0
        var end = start
        while end < characters.count, !isComment(from: end) {
            if isCode[end] {
                let character = characters[end]
                depth += Self.step(character)
                if depth < 0 || (depth == 0 && (character == "," || character == ";")) { break }
            }
            end += 1
        }
        while end > start, characters[end - 1].isWhitespace { end -= 1 }
        return end > start ? start..<end : nil
    }

    private func isComment(from index: Int) -> Bool {
        !isCode[index] && index + 1 < characters.count && characters[index] == "-" && characters[index + 1] == "-"
            && !isCode[index...].contains(true)
    }

    private func next(after index: Int) -> Int? { characters[index...].firstIndex { !$0.isWhitespace } }

    private func isWord(at index: Int) -> Bool {
        guard characters.indices.contains(index) else { return false }
        return characters[index].isLetter || characters[index].isNumber || characters[index] == "_"
    }

    private static func step(_ character: Character) -> Int {
        switch character {
        case "(", "{", "[": 1
        case ")", "}", "]": -1
        default: 0
        }
    }

    /// Marks what lies outside of quotes and before a comment; strings of several lines are not followed.
    private static func code(_ characters: [Character]) -> [Bool] {
        var isCode = Array(repeating: true, count: characters.count)
        var quote: Character?
        var index = 0
        while index < characters.count {
            let character = characters[index]
            if let open = quote {
                isCode[index] = false
                if character == "\\" {
                    index += 1
                    if index < characters.count { isCode[index] = false }
                } else if character == open {
                    quote = nil
                }
            } else if character == "\"" || character == "'" {
                quote = character
                isCode[index] = false
            } else if character == "-", index + 1 < characters.count, characters[index + 1] == "-" {
                for rest in index..<characters.count { isCode[rest] = false }
                break
            }
            index += 1
        }
        return isCode
    }
}
