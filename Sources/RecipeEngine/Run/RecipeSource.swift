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

    /// A line of the text, counted from 1, without its end; `nil` where there is none.
    func line(_ number: Int) -> String? {
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.indices.contains(number - 1) else { return nil }
        return String(decoding: lines[number - 1], as: UTF8.self)
    }
}
