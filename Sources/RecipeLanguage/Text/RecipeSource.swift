/// A recipe: its Lua text, and its name in errors.
///
/// ```swift
/// let text = #"print(#sp.servers(), "servers")"#
/// let source = RecipeSource(name: "count.lua", text: Array(text.utf8))
/// ```
public struct RecipeSource: Hashable, Sendable {
    /// The name in errors and tracebacks: the path as given, or `-` for standard input.
    public let name: String
    /// The Lua text as bytes: Lua itself decides whether they are valid.
    public let text: [UInt8]

    /// Creates a recipe.
    public init(name: String, text: [UInt8]) {
        self.name = name
        self.text = text
    }

    /// Returns a line of the text without its line ending, counted from 1 as in Lua; `nil` if there is no such line.
    ///
    /// In Lua, a line ends with a line feed, a carriage return, or one of each in either order (manual, 3.1).
    package func line(_ number: Int) -> String? {
        var current = 1
        var start = text.startIndex
        while current < number {
            guard let end = text[start...].firstIndex(where: Self.endsLine) else { return nil }
            let next = end + 1
            let isPair = next < text.endIndex && Self.endsLine(text[next]) && text[next] != text[end]
            start = isPair ? next + 1 : next
            current += 1
        }
        return number < 1 ? nil : String(decoding: text[start...].prefix { !Self.endsLine($0) }, as: UTF8.self)
    }

    private static func endsLine(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}
