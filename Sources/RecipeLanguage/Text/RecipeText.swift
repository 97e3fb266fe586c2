internal import Groundwork

/// Facts about a recipe that its words show before any of it runs.
///
/// Comments and strings are recognized as Lua does, and skipped.
package struct RecipeText: Sendable {
    /// Whether it contains `return recipe …`: then it has a header, and code before that must not do anything.
    package let hasHeader: Bool
    /// The imported names that are written as literals, such as `import "new-site"`, each once, in their order.
    package let imports: [String]

    /// Reads the words of a recipe.
    package init(_ text: [UInt8]) {
        var reader = LuaWordReader(text)
        var hasHeader = false
        var imports: [String] = []
        var known: Set<String> = []
        // The previous three words, the nearest last.
        var (third, second, previous): (LuaWordReader.Word?, LuaWordReader.Word?, LuaWordReader.Word?)
        while let word = reader.next() {
            if word == .name("recipe"), previous == .name("return") { hasHeader = true }
            if case .string(let name) = word {
                let (called, before) = previous == .mark("(") ? (second, third) : (previous, second)
                // In `a.import "x"` and `a:import "x"`, the call is to a field.
                let isField = before == .mark(".") || before == .mark(":")
                if called == .name("import"), !isField, known.insert(name).inserted { imports.append(name) }
            }
            (third, second, previous) = (second, previous, word)
        }
        self.hasHeader = hasHeader
        self.imports = imports
    }
}

/// A reader that splits Lua text into names, strings and marks; each step advances, so it ends with the text.
struct LuaWordReader {
    enum Word: Equatable {
        case name(String)
        case string(String)
        case mark(Character)
    }

    private let text: [UInt8]
    private var place = 0

    init(_ text: [UInt8]) {
        self.text = text
        // A first line for the shell.
        if text.first == UInt8(ascii: "#") { skipLine() }
    }

    /// Returns the next word; `nil` at the end.
    mutating func next() -> Word? {
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x0B, 0x0C: place += 1
            case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"): skipComment()
            case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(quoted(byte))
            case UInt8(ascii: "["):
                if let level = longBracket() { return .string(long(level)) }
                place += 1
                return .mark("[")
            case _ where Self.isNameByte(byte):
                let start = place
                while let byte = peek(), Self.isNameByte(byte) { place += 1 }
                return .name(String(decoding: text[start..<place], as: UTF8.self))
            default:
                place += 1
                return .mark(Character(UnicodeScalar(byte)))
            }
        }
        return nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte.isLetterOrDigit
    }

    private func peek(_ ahead: Int = 0) -> UInt8? { place + ahead < text.count ? text[place + ahead] : nil }

    private mutating func skipLine() { while let byte = peek(), byte != UInt8(ascii: "\n") { place += 1 } }

    private mutating func skipComment() {
        place += 2
        if let level = longBracket() { _ = long(level) } else { skipLine() }
    }

    /// Returns the number of `=` in the long bracket that opens here; `nil` if none opens.
    private func longBracket() -> Int? {
        guard peek() == UInt8(ascii: "[") else { return nil }
        var level = 0
        while peek(1 + level) == UInt8(ascii: "=") { level += 1 }
        return peek(1 + level) == UInt8(ascii: "[") ? level : nil
    }

    private mutating func long(_ level: Int) -> String {
        place += level + 2
        let start = place
        while place < text.count {
            if peek() == UInt8(ascii: "]"), peek(level + 1) == UInt8(ascii: "]"),
                (0..<level).allSatisfy({ peek(1 + $0) == UInt8(ascii: "=") })
            {
                defer { place += level + 2 }
                return String(decoding: text[start..<place], as: UTF8.self)
            }
            place += 1
        }
        return String(decoding: text[start...], as: UTF8.self)
    }

    private mutating func quoted(_ quote: UInt8) -> String {
        place += 1
        var bytes: [UInt8] = []
        while let byte = peek(), byte != quote, byte != UInt8(ascii: "\n") {
            place += 1
            // The value of an escape does not matter here, only that it hides a quote.
            if byte == UInt8(ascii: "\\"), let escaped = peek() {
                place += 1
                bytes.append(escaped)
            } else {
                bytes.append(byte)
            }
        }
        place += 1
        return String(decoding: bytes, as: UTF8.self)
    }
}
