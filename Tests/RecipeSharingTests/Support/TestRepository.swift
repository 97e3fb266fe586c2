import Foundation
import RecipeSharing
import Subprocess
import SystemPackage

/// A git repository of a test, with real commits.
struct TestRepository {
    let path: String

    /// The variables that git gets in tests: nothing of the machine's own configuration.
    static let environment: [String: String] = [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": "/nonexistent",
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
    ]

    /// Makes an empty repository.
    init(_ path: String, format: String = "sha1") async throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try await git("init", "--quiet", "--initial-branch=main", "--object-format=\(format)")
    }

    var url: String { "file://\(path)" }

    /// A locator of a file of it.
    func locator(_ path: String, _ ref: String) -> String { "\(url)//\(path)@\(ref)" }

    @discardableResult
    func git(_ arguments: String...) async throws -> String { try await git(arguments) }

    @discardableResult
    func git(_ arguments: [String]) async throws -> String {
        let settings = ["-c", "user.name=A Person", "-c", "user.email=person@acme.example", "-C", path]
        let result = try await run(
            .name("git"), arguments: Arguments(settings + arguments),
            environment: .custom(
                Dictionary(
                    uniqueKeysWithValues: Self.environment.map { (Environment.Key(stringLiteral: $0), $1) })),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        guard result.terminationStatus.isSuccess else { throw Failed(text: result.standardError) }
        return result.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    struct Failed: Error { let text: String }

    /// Writes files and commits all that there is.
    @discardableResult
    func commit(_ files: [String: String], tag: String? = nil) async throws -> String {
        for (name, text) in files {
            let url = URL(filePath: "\(path)/\(name)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        try await git("add", "--all")
        try await git("commit", "--quiet", "--allow-empty", "--message=work")
        if let tag { try await git("tag", tag) }
        return try await git("rev-parse", "HEAD")
    }
}
