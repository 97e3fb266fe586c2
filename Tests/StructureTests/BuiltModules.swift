import Foundation

/// The modules that were built together with the tests, and the compiler that built them.
struct BuiltModules {
    private struct Description: Decodable {
        struct Command: Decodable {
            let executable: String
            let importPath: String
            let moduleName: String
            let otherArguments: [String]
        }
        let swiftCommands: [String: Command]
    }

    /// An error or a warning of the compiler.
    struct Finding: Hashable {
        /// The file and line, as the compiler names them: `file:line`.
        let place: String
        let message: String
    }

    private struct Missing: Error {
        let description: String
    }

    private let compiler: String
    private let arguments: [String]

    /// Reads the flags of a target from the description that the package manager leaves beside the tests.
    ///
    /// The target sees the modules of all targets that it depends on.
    init(seenBy target: String) throws {
        let description = try JSONDecoder().decode(Description.self, from: Data(contentsOf: Self.description()))
        let commands = description.swiftCommands.values.filter { $0.moduleName == target }
        guard let command = commands.first else { throw Missing(description: "no module \(target) was built") }
        compiler = command.executable
        arguments = Self.surroundings(in: command.otherArguments) + ["-I", command.importPath]
    }

    /// The package manager's `description.json`: beside the test bundle or some folders above it.
    private static func description() throws -> URL {
        for argument in CommandLine.arguments where argument.contains("/") {
            var folder = URL(fileURLWithPath: argument).resolvingSymlinksInPath().deletingLastPathComponent()
            while folder.path != "/" {
                let file = folder.appending(path: "description.json")
                if FileManager.default.fileExists(atPath: file.path) { return file }
                folder.deleteLastPathComponent()
            }
        }
        throw Missing(description: "there is no description.json beside \(CommandLine.arguments)")
    }

    /// The arguments that say where modules are and which Swift is compiled.
    ///
    /// Without `-package-name`, only public declarations can be used.
    private static func surroundings(in arguments: [String]) -> [String] {
        let pairs: Set = [
            "-Xcc", "-I", "-F", "-target", "-sdk", "-swift-version", "-enable-upcoming-feature", "-module-cache-path",
        ]
        var kept: [String] = []
        var index = 0
        while index < arguments.count {
            let argument = arguments[index]
            if pairs.contains(argument), index + 1 < arguments.count {
                kept += arguments[index...index + 1]
                index += 1
            } else if argument.hasPrefix("-I") {
                kept.append(argument)
            }
            index += 1
        }
        return kept
    }

    /// Type-checks files as one module of another package.
    ///
    /// Warnings count, except for variables that nothing reads.
    func findings(in files: [URL], from folder: URL) throws -> [Finding] {
        let process = Process()
        let output = folder.appending(path: "diagnostics")
        try Data().write(to: output)
        let handle = try FileHandle(forWritingTo: output)
        process.executableURL = URL(filePath: compiler)
        process.arguments =
            [
                "-typecheck", "-module-name", "Examples", "-parse-as-library", "-diagnostic-style", "llvm", "-wmo",
                "-continue-building-after-errors",
            ] + arguments + files.map(\.path)
        process.currentDirectoryURL = folder
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        process.waitUntilExit()
        let text = try String(contentsOf: output, encoding: .utf8)
        let findings = Self.findings(in: text)
        guard findings.contains(where: { $0.message.hasPrefix("error") }) == (process.terminationStatus != 0) else {
            throw Missing(description: text)
        }
        return findings
    }

    private static func findings(in text: String) -> [Finding] {
        var found: Set<Finding> = []
        for line in text.split(separator: "\n") {
            guard let match = line.wholeMatch(of: #/(.*?:\d+):\d+: ((?:error|warning): .*)/#),
                !match.2.contains(#/was never (used|mutated)/#)
            else { continue }
            found.insert(Finding(place: String(match.1), message: String(match.2)))
        }
        return found.sorted { ($0.place, $0.message) < ($1.place, $1.message) }
    }
}
