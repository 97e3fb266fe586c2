extension FunctionReference {
    /// The examples by the names of the functions, from `examples.lua`.
    static let examples: [String: String] = {
        let text = String(decoding: PackageResources.examples_lua, as: UTF8.self)
        var examples: [String: String] = [:]
        for part in text.split(separator: "\n--- ").dropFirst() {
            let lines = part.split(separator: "\n", maxSplits: 1).map(String.init)
            guard lines.count == 2 else { continue }
            let end = lines[1].lastIndex { !$0.isWhitespace } ?? lines[1].startIndex
            examples[lines[0]] = String(lines[1][...end])
        }
        return examples
    }()
}
