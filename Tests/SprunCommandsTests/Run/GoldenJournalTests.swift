import Foundation
import RecipeEngine
import RunJournal
import Subprocess
import Testing

/// Runs of every kind that an earlier sprun wrote; see `Fixtures/journals/README.md`.
@Suite("A golden journal", .serialized, .timeLimit(.minutes(10)))
struct GoldenJournalTests {
    private static let folder = Installation.fixture("journals")
    /// The address of the simulated account when the journal was written: the journal identifies the account by it.
    private static let account = [
        "--host", "127.83.16.1", "--port", "38416", "--client-id", "cid_golden", "--api-key", "key_golden",
        "--store", "account.db", "--speed", "600", "--autossl-delay", "0s",
    ]
    /// The seconds to wait for that address while the tests of another clone use it.
    private static let patience = 120

    /// A run with the options that resume it; `nil` if it is not resumed.
    private struct Case: Decodable {
        let name: String
        let run: String
        let resume: [String]?
    }

    /// Returns a user with copies of the journal, the account and the recipes.
    private static func user() throws -> (User, [Case]) {
        let user = try User()
        try FileManager.default.copyItem(atPath: "\(folder)/project", toPath: "\(user.folder)/project")
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(user.folder)/project") {
            try FileManager.default.moveItem(
                atPath: "\(user.folder)/project/\(name)", toPath: "\(user.folder)/\(name)")
        }
        try FileManager.default.createDirectory(atPath: "\(user.home)/state", withIntermediateDirectories: true)
        let copies = [
            "journal.db": "\(user.home)/state/journal.db", "journal.key": "\(user.home)/state/journal.key",
            "account.db": "\(user.folder)/account.db",
        ]
        for (name, path) in copies {
            try FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        let cases = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/cases.json"))
        return (user, try JSONDecoder().decode([Case].self, from: cases))
    }

    /// Compares texts by name with a file of `expected`, or writes that file if `SPRUN_WRITE_GOLDEN` is set.
    private static func expect(_ texts: [(name: String, text: String)], in file: String) throws {
        let path = "\(folder)/expected/\(file)"
        let mark = "\n######## "
        if ProcessInfo.processInfo.environment["SPRUN_WRITE_GOLDEN"] != nil {
            let whole = texts.map { "\(mark)\($0.name)\n\($0.text)" }.joined()
            return try Data(whole.utf8).write(to: URL(fileURLWithPath: path))
        }
        let sections = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: mark).dropFirst()
        #expect(sections.count == texts.count)
        for (expected, (name, text)) in zip(sections, texts) {
            let (expected, found) = (
                expected.components(separatedBy: "\n"), "\(name)\n\(text)".components(separatedBy: "\n")
            )
            for (line, other) in zip(expected, found) { #expect(line == other, "\(name)") }
            #expect(expected.count == found.count, "\(name)")
        }
    }

    @Test("is listed and shown without changes")
    func shown() async throws {
        let (user, cases) = try Self.user()
        var shown = [("runs", try await user.sprun("runs", "--json").everything)]
        var revealed: [(String, String)] = []
        for golden in cases {
            shown.append((golden.name, try await user.sprun("show", golden.run, "--all", "--json").everything))
            let secrets = try await user.sprunOnTerminal(["show", golden.run, "--reveal", "--color", "never"])
            revealed.append((golden.name, secrets.everything.replacing("\r\n", with: "\n")))
        }
        try Self.expect(shown, in: "shown.txt")
        try Self.expect(revealed, in: "revealed.txt")
    }

    @Test("is resumed without changes")
    func resumed() async throws {
        let (user, cases) = try Self.user()
        let texts = try await Self.serving(user) { environment in
            var texts: [(String, String)] = []
            for golden in cases {
                guard let options = golden.resume else { continue }
                func resume(_ more: [String]) async throws -> Finished {
                    try await user.launch(["resume", golden.run] + options + more, environment: environment).run()
                }
                var ended = try await resume([])
                // Another version of sprun or Lua continues a run only if that is said.
                if ended.error.contains("began with sprun") { ended = try await resume(["--accept-recipe-change"]) }
                let after = try await user.sprun("show", golden.run, "--all", "--json").everything
                texts.append((golden.name, Self.masked("\(ended.status)\n\(ended.everything)\n\(after)")))
            }
            return texts
        }
        try Self.expect(texts, in: "resumed.txt")
    }

    /// Serves the account of the journal; waits while another process has its address.
    private static func serving<Value: Sendable>(
        _ user: User, _ body: @escaping @Sendable ([String: String]) async throws -> Value
    ) async throws -> Value {
        for _ in 0..<patience {
            let started = try await user.launch(["simulate", "--host", "127.83.16.1", "--port", "38416"]).run {
                program in
                defer { try? program.send(.terminate) }
                return (try? await program.output.contains("SERVERPILOT_API_KEY=")) != nil
            }
            if started.value { break }
            try await Task.sleep(for: .seconds(1))
        }
        return try await Simulation.with(user, account, limit: .seconds(400)) { try await body($0.environment) }.value
    }

    /// Replaces what differs from one resume to the next: times, durations, how often something was asked, and the
    /// lines about waits, which a fast machine does not need and an earlier sprun did not print.
    private static func masked(_ text: String) -> String {
        text.replacing(#/^(waiting|not waited for:) .*\n/#.anchorsMatchLineEndings(), with: "")
            .replacing(#/\d{4}-\d\d-\d\dT[0-9:.]+Z/#, with: "TIME")
            .replacing(#/"open_actions":\[[^\]]*\],/#, with: "")
            .replacing(#/"seconds":[0-9.e-]+/#, with: "\"seconds\":SPAN")
            .replacing(#/\b(\d+(\.\d+)?(ms|s|m|h|d))+\b/#, with: "SPAN")
            .replacing(#/\d+ requests?/#, with: "REQUESTS")
    }
}
