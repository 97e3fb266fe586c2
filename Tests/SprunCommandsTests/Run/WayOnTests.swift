import Foundation
import Subprocess
import Testing

/// The commands that sprun suggests are run as printed, and complete.
@Suite("The commands after 'continue with'", .timeLimit(.minutes(15)))
struct WayOnTests {
    /// The commands that a run names, in their order, without `sprun`.
    private static func ways(_ run: Finished) throws -> [[String]] {
        let ways = run.error.split(separator: "\n").compactMap { line -> [String]? in
            let words = line.split(separator: " ").map(String.init)
            guard let index = words.firstIndex(of: "sprun"),
                line.hasPrefix("continue with: ") || line.hasPrefix("           or: ")
            else { return nil }
            return Array(words[(index + 1)...])
        }
        try #require(!ways.isEmpty, "\(run)")
        return ways
    }

    private static func sprun(
        _ user: User, _ arguments: [String], _ environment: [String: String]
    ) async throws -> Finished {
        try await user.launch(arguments, environment: environment).run()
    }

    private static let site = """
        local server = sp.find_server{ name = "www1" }
        local user = sp.ensure_sysuser{ serverid = server.id, name = "acme" }
        local app, status = sp.ensure_app{ name = "acme", sysuserid = user.id, runtime = "php8.4" }
        return { status = status }
        """

    @Test("a failed action: each command reaches its end, and a second run fails until then", arguments: [0, 1])
    func failedAction(_ way: Int) async throws {
        let user = try User()
        try user.write("site.lua", Self.site)
        _ = try await Simulation.with(user, ["--speed", "600", "--fault", "create_app:1=action_error"]) { simulation in
            let environment = simulation.environment
            let first = try await user.sprun("run", "site.lua", environment: environment)
            #expect(first.status == .exited(3) && first.error.contains("SP0501"), "\(first)")
            let ways = try Self.ways(first)
            #expect(ways.map { $0.filter { $0.hasPrefix("--") } } == [["--skip"], []], "\(ways)")
            #expect(ways.map(\.first) == ["resume", "undo"])
            let again = try await user.sprun("run", "site.lua", environment: environment)
            #expect(again.status != .exited(0) && again.error.contains("SP0508"), "\(again)")
            #expect(!again.output.contains("unchanged"), "\(again)")
            let yes = ways[way].first == "undo" ? ["--yes"] : []
            let last = try await Self.sprun(user, ways[way] + yes, environment)
            #expect(last.status == .exited(0), "\(last)")
            let rerun = try await user.sprun("run", "--json", "site.lua", environment: environment)
            #expect(rerun.status == .exited(0), "\(rerun)")
            #expect(rerun.output.contains(way == 0 ? #""status":"unchanged""# : #""status":"created""#), "\(rerun)")
        }
    }

    @Test("a decision: the commands are complete, and each of them decides", arguments: ["--recreate", "--skip"])
    func decision(_ option: String) async throws {
        let user = try User()
        try user.write(
            "server.lua",
            #"local ok, s = pcall(sp.create_server, { name = "www9" }) return { ok = ok }"#)
        _ = try await Simulation.with(user, ["--speed", "600", "--fault", "create_server:1=reply_lost"]) { simulation in
            let environment = simulation.environment
            let first = try await user.sprun("run", "server.lua", environment: environment)
            #expect(first.status == .exited(7) && first.error.contains("SP0702"), "\(first)")
            let ways = try Self.ways(first)
            #expect(
                !ways.contains { $0.first == "resume" && $0.count == 2 }, "not the command that asks again: \(ways)")
            let shown = try await user.sprun("show", String(ways[0][1]))
            #expect(shown.output.contains("sprun " + ways[0].joined(separator: " ")), "\(shown)")
            let way = try #require(ways.first { $0.contains(option) })
            let last = try await Self.sprun(user, way + ["--yes"], environment)
            #expect(last.status == .exited(0), "\(last)")
        }
    }

    @Test("a result that could not be written, or was lost with the process, is in the journal")
    func result() async throws {
        let user = try User()
        try user.write(
            "secret.lua",
            #"local s = sp.find_server{ name = "www1" } sp.create_sysuser{ serverid = s.id, name = "kim", "#
                + #"password = sp.secret("db") } return { password = sp.secret("db") }"#)
        _ = try await Simulation.with(user, ["--speed", "600"]) { simulation in
            let environment = simulation.environment
            let run = try await user.sprun("run", "--json", "secret.lua", environment: environment)
            #expect(run.status == .exited(0), "\(run)")
            let list = try await user.sprun("runs")
            let id = try #require(list.lines.last.map { String($0.prefix(6)) })
            for words in [["show", id], ["resume", id]] {
                let written = try await Self.sprun(user, words + ["--result", "\(words[0]).json"], environment)
                #expect(written.status == .exited(0), "\(written)")
                #expect(!written.everything.contains("REDACTED"))
                #expect(try user.mode("\(words[0]).json") == 0o600)
            }
            struct Result: Decodable { let password: String }
            let shown = try JSONDecoder().decode(Result.self, from: Data(try user.read("show.json").utf8))
            #expect(shown.password.count == 24 && !shown.password.contains("redacted"))
            #expect(try user.read("resume.json") == user.read("show.json"))
            let plain = try await user.sprun("resume", id, environment: environment)
            #expect(plain.status == .exited(64) && plain.error.contains("is done"), "\(plain)")
        }
    }
}
