import Foundation

/// Somebody who uses sprun: with a folder of their own, and nothing in the environment but what a test puts there.
final class User: Sendable {
    /// Where sprun keeps their files.
    var home: String { folder + "/home" }
    /// Where they work.
    let folder: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "sprun-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        self.folder = folder
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Their environment.
    func environment(_ more: [String: String] = [:]) -> [String: String] {
        ["SPRUN_HOME": home, "PATH": Installation.searchPath].merging(more) { $1 }
    }

    /// What `sprun` with these arguments is.
    func launch(_ arguments: [String], environment more: [String: String] = [:]) throws -> Launch {
        Launch(
            program: try Installation.sprun(), arguments: arguments, environment: environment(more), folder: folder,
            user: self)
    }

    /// Runs `sprun` to its end.
    func sprun(
        _ arguments: String..., environment more: [String: String] = [:], input: String = ""
    ) async throws -> Finished {
        try await launch(arguments, environment: more).run(input: input)
    }

    /// Runs a line of shell, where `$SPRUN` is `sprun`.
    func shell(_ line: String, environment more: [String: String] = [:]) async throws -> Finished {
        let variables = environment(more).merging(["SPRUN": try Installation.sprun()]) { $1 }
        return try await Launch(
            program: "/bin/sh", arguments: ["-c", line], environment: variables, folder: folder, user: self
        )
        .run()
    }

    /// Runs a script of `Fixtures`.
    func python(
        _ script: String, _ arguments: [String], environment more: [String: String] = [:]
    ) async throws -> Finished {
        try await Launch(
            program: "python3", arguments: [Installation.fixture(script)] + arguments,
            environment: environment(more), folder: folder, user: self
        ).run()
    }

    /// Runs `sprun` on a terminal, typing answers to prompts.
    func sprunOnTerminal(
        _ arguments: [String], answers: [(prompt: String, answer: String)] = [], environment: [String: String] = [:]
    ) async throws -> Finished {
        try await python(
            "terminal.py",
            answers.flatMap { [$0.prompt, $0.answer] } + ["--", try Installation.sprun()] + arguments,
            environment: ["TERM": "xterm"].merging(environment) { $1 })
    }

    // MARK: Files

    /// Writes a file into their folder, or below it.
    @discardableResult
    func write(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
        let path = "\(folder)/\(name)"
        let above = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: above, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    /// The text of a file in their folder.
    func read(_ name: String) throws -> String {
        try String(contentsOfFile: name.hasPrefix("/") ? name : "\(folder)/\(name)", encoding: .utf8)
    }

    /// Whether there is such a file in their folder.
    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(name)") }

    /// The names in a folder of theirs; none where it is not there.
    func names(in name: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)")) ?? []).sorted()
    }

    /// The permissions of a file, as `0o600`.
    func mode(_ name: String) throws -> Int? {
        let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
        return try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
