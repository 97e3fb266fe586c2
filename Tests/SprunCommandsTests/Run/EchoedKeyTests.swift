import Foundation
import Subprocess
import Testing

/// A gateway echoes the credentials of a request in its error: the account's key is in nothing that sprun says.
@Suite("The account's API key", .timeLimit(.minutes(5)))
struct EchoedKeyTests {
    private static let key = #"s3cr+t/of"the%acc\ount"#

    /// What of the key must be nowhere: itself, its words, and base64 of it after `cid_right:` and alone.
    private static var traces: [String] {
        [key, "s3cr", "the%acc", "the%25acc", "\\ount", "czNjci", "b3VudA", "\\u0073\\u0033"]
    }

    private static func check(_ finished: Finished, status: [Int32], says text: String = "Denied") {
        guard case .exited(let code) = finished.status, status.contains(code) else {
            Issue.record("\(finished)")
            return
        }
        #expect(finished.everything.contains(text), "\(finished)")
        for trace in traces { #expect(!finished.everything.contains(trace), "\(trace) in \(finished)") }
    }

    @Test("is not shown by any command whose request is rejected")
    func commands() async throws {
        let user = try User()
        try await Judge.with(.mirror, user) { judge in
            let environment = judge.environment.merging(["SERVERPILOT_API_KEY": Self.key]) { $1 }
            for words in [
                ["run", "-e", "sp.servers()"], ["run", "--json", "-e", "sp.servers()"],
                ["run", "--no-journal", "-e", "sp.servers()"],
                ["run", "-e", "sp.update_sysuser('user', { password = 'long-enough' })"], ["resume"],
                ["resume", "--json"],
                ["plan", "-e", "sp.servers()"], ["plan", "--json", "-e", "sp.servers()"], ["doctor"],
                ["doctor", "--json"],
                ["run", "--confirm", "-e", "sp.servers()"],
            ] {
                Self.check(try await user.launch(words, environment: environment).run(), status: [1, 3])
            }
            let login = try await user.sprun(
                "login", "--client-id", "cid_right", environment: environment, input: Self.key + "\n")
            Self.check(login, status: [1])
            let runs = try await user.sprun("runs", environment: environment)
            let id = try #require(runs.lines.last?.split(separator: " ").first.map(String.init))
            Self.check(try await user.sprun("show", id, "--all", environment: environment), status: [0])
            Self.check(try await user.sprun("show", id, "--all", "--json", environment: environment), status: [0])
        }
    }

    @Test("is not in the error that a recipe catches, prints and returns", arguments: [[], ["--json"]])
    func caught(_ flags: [String]) async throws {
        let user = try User()
        try await Judge.with(.mirrorChange, user) { judge in
            let environment = judge.environment.merging(["SERVERPILOT_API_KEY": Self.key]) { $1 }
            let code = """
                local server = sp.servers()[1]
                local ok, failure = pcall(sp.create_sysuser, { serverid = server.id, name = "acme" })
                print(tostring(failure))
                sp.warn(failure.message)
                return { said = tostring(failure), message = failure.message }
                """
            let run = try await user.launch(
                ["run", "--reveal-secrets", "--result", "r.json", "-e", code] + flags, environment: environment
            ).run()
            Self.check(run, status: [0])
            let result = try user.read("r.json")
            #expect(result.contains("Denied"))
            for trace in Self.traces { #expect(!result.contains(trace), "\(trace) in \(result)") }
        }
    }

    @Test("is not in a simulator's log, even if a URL contains it")
    func log() async throws {
        let user = try User()
        let (_, key) = try await Simulation.with(user, ["--log", "log.jsonl"]) { simulation in
            let variables = simulation.environment
            let key = try #require(variables["SERVERPILOT_API_KEY"])
            let asked = try await user.shell(
                "curl -s -u \"$SERVERPILOT_CLIENT_ID:$SERVERPILOT_API_KEY\" \"$SERVERPILOT_API_URL/servers/\(key)\"",
                environment: variables)
            #expect(asked.status == .exited(0), "\(asked)")
            return key
        }
        let log = try user.read("log.jsonl")
        #expect(log.contains("/servers/<redacted>") && !log.contains(key), "\(log)")
    }
}
