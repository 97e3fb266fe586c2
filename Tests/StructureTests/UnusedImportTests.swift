import Testing

/// Finds imports that a file does not need, as far as names tell.
@Suite("Imports of the package's own targets")
struct UnusedImportTests {
    private static let declarators: Set<String> = [
        "struct", "enum", "class", "protocol", "typealias", "actor", "func", "var", "let",
    ]

    /// The words of a line of code, without its comment.
    private static func words(_ line: Substring) -> [String] {
        let code = line.utf8.prefix { $0 != UInt8(ascii: "/") }
        return code.split { byte in
            !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) && byte != UInt8(ascii: "_")
                && !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The names that other targets may use: of what is public or package, of requirements, and of cases.
    private static func names(declaredIn line: Substring) -> [String] {
        let words = words(line)
        if words.first == "case" { return Array(words.dropFirst()) }
        let isMember = line.hasPrefix("    ") && !line.hasPrefix("     ")
        guard words.contains("public") || words.contains("package") || isMember,
            let index = words.firstIndex(where: declarators.contains), index + 1 < words.count
        else { return [] }
        return [words[index + 1]]
    }

    @Test("each import is used: the file names a symbol of the target")
    func used() throws {
        let files = try Checkout.files(below: "Sources", endings: [".swift"])
        var names: [String: Set<String>] = [:]
        for file in files {
            names[file.target, default: []].formUnion(file.lines.flatMap(Self.names(declaredIn:)))
        }
        for file in files {
            let imports = file.lines.filter { $0.contains("import ") }.flatMap(Self.words).filter { names[$0] != nil }
            let used = Set(file.lines.filter { !$0.contains("import ") }.flatMap(Self.words))
            for target in imports where used.isDisjoint(with: names[target] ?? []) {
                Issue.record("\(file.path) imports \(target) and names nothing of it")
            }
        }
    }
}
