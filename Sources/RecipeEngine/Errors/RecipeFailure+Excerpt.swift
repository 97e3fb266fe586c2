internal import Groundwork
internal import RecipeLanguage

extension RecipeFailure.Excerpt {
    /// The maximum number of characters shown of a line: people write shorter lines, and each character takes 16 bytes.
    private static let longestLine = 2000
    /// The maximum length in bytes of a word to search for: names are shorter.
    private static let longestToken = 200
    /// The maximum number of lines of a call to search for an argument.
    private static let mostLines = 50

    /// Creates an excerpt of the recipe's line that a failure is about.
    ///
    /// A call that takes several lines is searched to its end, because Lua reports the line where it begins.
    ///
    /// - Parameters:
    ///   - source: the recipe.
    ///   - number: the line of the failure, from 1.
    ///   - token: a word to point at, as in `RecipeError.token`.
    ///   - function: the function that refused the argument `token`: a line can have several calls.
    ///   - redactor: removes the secrets from the line before it is cut, so that no part of a secret remains.
    init?(
        of source: RecipeSource, at number: Int, token: String?, function: String? = nil, redactor: Redactor
    ) {
        func line(_ offset: Int) -> LineOfCode? {
            source.line(number + offset).map { LineOfCode(String(redactor.redact($0).prefix(Self.longestLine))) }
        }
        guard let first = line(0) else { return nil }
        var found = (line: first, place: first.text, offset: 0)
        if let token, token.utf8.count <= Self.longestToken {
            if let place = first.place(of: token, function, inCode: false) { found.place = place }
            var depth = 0
            for offset in 0..<Self.mostLines where depth > 0 || offset == 0 {
                guard let next = line(offset) else { break }
                if let place = next.place(of: token, function, inCode: true) {
                    found = (next, place, offset)
                    break
                }
                depth += next.depth
            }
        }
        self.init(
            line: String(found.line.characters), column: found.place.lowerBound, width: max(1, found.place.count),
            offset: found.offset)
    }
}

/// A line of Lua, parsed only as far as needed to point at a word.
struct LineOfCode {
    let characters: [Character]
    /// Whether each character is code, and not part of a string or a comment.
    private let isCode: [Bool]

    init(_ line: String) {
        characters = Array(line)
        isCode = Self.code(characters)
    }

    /// The line with blanks in place of strings and comments.
    var code: String { String(zip(characters, isCode).map { $1 ? $0 : " " }) }

    /// The range without surrounding blanks.
    var text: Range<Int> {
        let start = characters.firstIndex { !$0.isWhitespace } ?? 0
        let end = characters.lastIndex { !$0.isWhitespace } ?? start - 1
        return start..<max(start, end + 1)
    }

    /// The number of opened brackets minus the number of closed brackets.
    var depth: Int {
        characters.indices.reduce(0) { depth, index in isCode[index] ? depth + Self.step(characters[index]) : depth }
    }

    /// Returns the range of a word; for a word with a trailing `=`, the range of the value that is assigned to it.
    ///
    /// A word with a trailing `.` is preferably one that is indexed, and with a trailing `(`, one that is called.
    ///
    /// If the word has several values, the value in the call of `function` counts; `nil` if that is not clear.
    func place(of token: String, _ function: String?, inCode: Bool) -> Range<Int>? {
        let wantsValue = token.hasSuffix("=")
        let followers = token.last.flatMap { Self.followers[$0] }
        let word = Array(wantsValue || followers != nil ? token.dropLast() : token[...])
        guard !word.isEmpty, word.count <= characters.count else { return nil }
        var named: Range<Int>?
        var values: [Range<Int>] = []
        for start in 0...(characters.count - word.count) {
            let place = start..<start + word.count
            guard isCode[start] || !inCode, Array(characters[place]) == word, !isWord(at: start - 1),
                !isWord(at: place.upperBound)
            else { continue }
            if let followers, next(after: place.upperBound).map({ followers.contains(characters[$0]) }) != true {
                named = named ?? place
                continue
            }
            guard wantsValue else { return place }
            if let value = value(after: place.upperBound) { values.append(value) } else { named = named ?? place }
        }
        guard let function, !values.isEmpty else { return values.first ?? named }
        let own = values.filter { callee(at: $0.lowerBound) == function }
        if own.count == 1 { return own[0] }
        // The call may begin on an earlier line, or have another name here.
        return own.isEmpty && values.count == 1 && !calls(function) ? values[0] : nil
    }

    /// The characters that follow a word which is indexed or called.
    private static let followers: [Character: String] = [".": ".:[", "(": "({\"'"]

    /// Whether the line has a call of the function.
    private func calls(_ function: String) -> Bool {
        characters.indices.contains { isCode[$0] && Self.step(characters[$0]) > 0 && callee(before: $0) == function }
    }

    /// Returns the name of the function whose arguments contain the place; `nil` if its call begins on another line.
    private func callee(at index: Int) -> String? {
        var depth = 0
        for place in (0..<index).reversed() where isCode[place] {
            depth += Self.step(characters[place])
            guard depth > 0 else { continue }
            if let name = callee(before: place) { return name }
            depth = 0
        }
        return nil
    }

    /// Returns the word before an opening bracket; `nil` if there is none, as for a table.
    private func callee(before bracket: Int) -> String? {
        guard let end = characters[..<bracket].lastIndex(where: { !$0.isWhitespace }), isCode[end], isWord(at: end)
        else { return nil }
        let start = characters[...end].lastIndex { !($0.isLetter || $0.isNumber || $0 == "_") }.map { $0 + 1 } ?? 0
        return String(characters[start...end])
    }

    /// Returns the range of the value that follows `=`.
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

    /// Marks the characters outside quotes and before a comment; strings over several lines are not supported.
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
