import Foundation
import Testing

/// Compiles the examples of doc comments and guides as another package would.
@Suite("The examples of the documentation")
struct DocExampleTests {
    /// The targets of the library products.
    private static let libraries: Set<String> = [
        "DurableSteps", "Groundwork", "LuaHost", "RecipeEngine", "RecipeLanguage", "RecipePlanner", "RunJournal",
        "ServerPilot", "ServerPilotClient", "ServerPilotSimulator", "SprunTesting",
    ]

    /// The examples of all targets and of the README.
    ///
    /// An example sees its target and the modules that the target imports publicly, in the test kit also `Testing`. It
    /// imports others itself.
    private static func examples() throws -> [DocExample] {
        let files = try Checkout.files(below: "Sources", endings: [".swift", ".md"])
        var imports: [String: Set<String>] = ["SprunTesting": ["Testing"]]
        for file in files where libraries.contains(file.target) {
            let modules = file.lines.compactMap { $0.wholeMatch(of: #/public import (\w+)/#)?.1 }
            imports[file.target, default: []].formUnion(modules.map(String.init) + [file.target])
        }
        let readme = try String(contentsOfFile: "\(Checkout.top)/README.md", encoding: .utf8)
        return (files + [Checkout.File(path: "README.md", text: readme)]).flatMap { file in
            DocExample.all(in: file, imports: imports[file.target, default: []].sorted())
        }
    }

    @Test("each example compiles in a program that depends on the package")
    func compile() throws {
        let folder = URL.temporaryDirectory.appending(path: "examples-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var files: [URL] = []
        for (number, example) in try Self.examples().enumerated() {
            files.append(folder.appending(path: "Example\(number).swift"))
            try Data(example.source(number: number).utf8).write(to: files[number])
        }
        #expect(files.count > 5)
        for finding in try BuiltModules(seenBy: "SprunCommands").findings(in: files, from: folder) {
            Issue.record("\(finding.place): \(finding.message)")
        }
    }

    @Test("each public type has an example")
    func coverage() throws {
        let pattern = #/(?:@\w+(?:\([^)]*\))? )*public (?:final |indirect )*(?:struct|class|actor|enum|protocol) (\w+)/#
        var count = 0
        let files = try Checkout.files(below: "Sources", endings: [".swift"])
        for file in files where Self.libraries.contains(file.target) {
            for (index, line) in file.lines.enumerated() {
                guard let name = line.prefixMatch(of: pattern)?.1 else { continue }
                count += 1
                let comment = file.lines[..<index].reversed().prefix { $0.hasPrefix("///") || $0.hasPrefix("@") }
                #expect(comment.contains("/// ```swift"), "\(file.path):\(index + 1): \(name) has no example")
            }
        }
        #expect(count > 150)
    }
}
