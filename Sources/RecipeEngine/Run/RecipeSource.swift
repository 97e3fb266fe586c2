/// A recipe: Lua text and the name that errors call it by.
public struct RecipeSource: Hashable, Sendable {
    /// The name in errors and tracebacks: the path as it was given, `-` for standard input.
    public let name: String
    /// The Lua text, as bytes: Lua itself judges what is valid.
    public let text: [UInt8]

    /// A recipe.
    public init(name: String, text: [UInt8]) {
        self.name = name
        self.text = text
    }

    /// A line of the text, counted from 1 as Lua counts, without its end; `nil` where there is none.
    ///
    /// For Lua a line ends by a line feed, a carriage return, or one of each in either order (manual, 3.1).
    func line(_ number: Int) -> String? {
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
