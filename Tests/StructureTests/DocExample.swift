import Foundation

/// A block of Swift in a doc comment or in a guide.
struct DocExample {
    /// The file it is in, from the top of the checkout.
    let path: String
    /// The number of its first line, from 1.
    let line: Int
    let code: [Substring]

    /// The modules that it sees beside those that it imports itself.
    let imports: [String]

    /// The blocks of a file that begin with ```` ```swift ````: in doc comments of Swift, anywhere in Markdown.
    static func all(in file: Checkout.File, imports: [String]) -> [DocExample] {
        var examples: [DocExample] = []
        var begun: (line: Int, code: [Substring])?
        for (index, line) in file.lines.enumerated() {
            var text = line
            if file.path.hasSuffix(".swift") {
                guard let match = line.prefixMatch(of: #/ *\/\/\/ ?/#) else { begun = nil; continue }
                text = line[match.range.upperBound...]
            }
            if let block = begun {
                if text.hasPrefix("```") {
                    let example = DocExample(path: file.path, line: block.line, code: block.code, imports: imports)
                    examples.append(example)
                    begun = nil
                } else {
                    begun?.code.append(text)
                }
            } else if text == "```swift" {
                begun = (index + 2, [])
            }
        }
        return examples
    }

    /// Returns a file for the compiler, whose errors name the line of the example.
    ///
    /// The example is the body of a function, unless it has an extension, a public declaration, or an attribute such as
    /// `@Test` at the beginning of a line.
    func source(number: Int) -> String {
        let isImport = { (line: Substring) in line.hasPrefix("import ") }
        let isAtFileScope = code.contains { $0.hasPrefix("extension ") || $0.hasPrefix("public ") || $0.hasPrefix("@") }
        var lines = imports.map { "import \($0)" } + code.filter(isImport).map(String.init)
        if !isAtFileScope { lines.append("func example\(number)() async throws {") }
        lines.append(#"#sourceLocation(file: "\#(path)", line: \#(line))"#)
        lines += code.map { isImport($0) ? "" : String($0) }
        lines.append("#sourceLocation()")
        if !isAtFileScope { lines.append("}") }
        return lines.joined(separator: "\n") + "\n"
    }
}
