import DurableSteps
import Foundation
import RecipeEngine
import RunJournal
import SprunTesting
import Subprocess
import Testing

/// Runs that are killed, resumed, listed and shown, as their users do it.
@Suite("sprun resume", .timeLimit(.minutes(15)))
struct ResumeTests {
    private static let recipe = """
        local name = sp.params.name
        local server = sp.find_server{ name = "www1" }
        local user, a1 = sp.create_sysuser{ serverid = server.id, name = name, password = sp.secret("user") }
        local app, a2 = sp.create_app{ name = name, sysuserid = user.id, runtime = "php8.4", domains = { name .. ".example" } }
        local db, a3 = sp.create_db{ appid = app.id, name = name, user = { name = name, password = sp.secret("db") } }
        sp.wait{ a1, a2, a3 }
        return { app = app.name, password = sp.secret("user") }
        """

    private struct Named: Decodable { let name: String }

    private struct Runs: Decodable {
        struct Run: Decodable { let status: String }
        let runs: [Run]
    }

    /// How the user's runs stand, as `sprun runs --json` says.
    private static func statuses(_ user: User) async throws -> [String] {
        let list = try await user.sprun("runs", "--json")
        // Killed before anything was written.
        if list.error.contains("no runs recorded yet") { return [] }
        try #require(list.status == .exited(0), "\(list)")
        return try JSONDecoder().decode(Runs.self, from: Data(list.output.utf8)).runs.map(\.status)
    }

    /// The id in `continue with: sprun resume ID`.
    private static func way(_ run: Finished) throws -> String {
        let line = try #require(run.error.split(separator: "\n").last { $0.hasPrefix("continue with: ") }, "\(run)")
        return String(try #require(line.split(separator: " ").last))
    }

    @Test("a run that is killed at any time can be resumed to its end, with no resource missing or doubled")
    func killed() async throws {
        let seed = TestRandom.seed("kill -9 of runs", in: 1...1_000_000)
        print("kill -9 of runs: seed \(seed)")
        let rounds = ProcessInfo.processInfo.environment["SPRUN_KILLS"].flatMap(Int.init) ?? 12
        let user = try User()
        try user.write("site.lua", Self.recipe)
        _ = try await Simulation.with(
            user, ["--store", "account.db", "--speed", "200"], limit: .seconds(800)
        ) { simulation in
            var random = seed
            func draw(_ most: UInt64) -> UInt64 {
                random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return (random >> 33) % most
            }
            var late = 0
            for round in 1...rounds {
                var arguments = ["run", "site.lua", "name=round\(round)"]
                var isDone = false
                // Up to five deaths in a row, from before the first line to the end of the last wait.
                for _ in 0..<(1 + draw(5)) where !isDone {
                    let delay = Duration.milliseconds(Int64(20 + draw(500)))
                    let launch = try user.launch(arguments, environment: simulation.environment)
                    let life = try await launch.run { program in
                        try await Task.sleep(for: delay)
                        try? program.send(.kill)
                    }.program
                    #expect(
                        life.status == .exited(0) || life.status == .signaled(9),
                        "seed \(seed), round \(round): \(life)")
                    let statuses = try await Self.statuses(user)
                    if statuses.contains("unfinished") { arguments = ["resume"] }
                    // It may also have been killed after its last line was written.
                    isDone = statuses.count { $0 == "done" } == round
                    if isDone, life.status != .exited(0) { late += 1 }
                }
                if isDone { continue }
                let runs = try await user.sprun("runs").output
                let last = try await user.launch(arguments, environment: simulation.environment).run()
                #expect(
                    last.status == .exited(0),
                    "seed \(seed), round \(round): \(last)\n\(runs)")
            }
            print("kill -9 of runs: \(late) were killed after their last line")
            let curl = Curl(simulation, user)
            for path in ["/sysusers", "/apps", "/dbs"] {
                let names = try await curl.get(path, as: Named.self).map(\.name).filter { $0.hasPrefix("round") }
                #expect(names.sorted() == (1...rounds).map { "round\($0)" }.sorted(), "seed \(seed): \(path)")
            }
        }
    }

    @Test("a failed run prints how to continue, exits with status 3, and continues once the cause is gone")
    func failed() async throws {
        let user = try User()
        try user.write("site.lua", Self.recipe)
        _ = try await Simulation.with(user, ["--speed", "600", "--fault", "create_db:1=402"]) { simulation in
            let environment = simulation.environment
            let first = try await user.sprun("run", "site.lua", "name=acme", environment: environment)
            #expect(first.status == .exited(3) && first.error.contains("SP0303"), "\(first)")
            let id = try Self.way(first)
            let list = try await user.sprun("runs")
            #expect(list.output.contains("\n\(id)  failed "), "\(list)")
            #expect(!list.output.contains("acme"), "a recipe without a header may take secrets: \(list)")
            let second = try await user.sprun("resume", String(id.prefix(3)), environment: environment)
            #expect(second.status == .exited(0), "\(second)")
            #expect(second.error.contains("1 created"))
            let done = try await user.sprun("resume", id, environment: environment)
            #expect(done.status == .exited(64) && done.error.contains("is done"), "\(done)")
            let shown = try await user.sprun("show", id)
            #expect(shown.output.contains("create_sysuser acme  site.lua:3  done  id="), "\(shown)")
            #expect(shown.output.contains("site.lua:3"))
            let json = try await user.sprun("show", id, "--all", "--json")
            #expect(json.output.contains(#""format_version":1"#) && json.output.contains(#""operation":"wait""#))
            // Nobody was shown the password that it generated.
            let kept = try await user.sprun("runs", "--prune", "--yes")
            #expect(kept.output.isEmpty && kept.error.contains("\(id) is kept"), "\(kept)")
            let pruned = try await user.sprun("runs", "--prune", "--all", "--yes")
            #expect(pruned.output.contains("\n\(id)  done") && pruned.error.hasSuffix("deleted 1 run\n"), "\(pruned)")
            #expect(try await user.sprun("runs", "--json").output.contains(#""runs":[]"#))
        }
    }

    @Test("generated secrets are the same after a resume, and only in requested files and output")
    func secrets() async throws {
        let user = try User()
        try user.write("site.lua", Self.recipe + "\n")
        _ = try await Simulation.with(user, ["--speed", "600", "--fault", "create_app:1=402"]) { simulation in
            let environment = simulation.environment
            let first = try await user.sprun("run", "site.lua", "name=acme", environment: environment)
            #expect(first.error.contains("generated secrets are in the journal: sprun show"), "\(first)")
            let id = try Self.way(first)
            let second = try await user.sprun("resume", "--reveal-secrets", environment: environment)
            let words = second.output.split(whereSeparator: \.isWhitespace)
            let password = String(try #require(words.last, "\(second)"))
            #expect(password.count == 24)
            let shown = try await user.sprunOnTerminal(["show", id, "--reveal"])
            #expect(shown.output.contains(password), "\(shown)")
            let piped = try await user.sprun("show", id, "--reveal")
            #expect(piped.status == .exited(64) && !piped.everything.contains(password))
            let json = try await user.sprun("show", id, "--all", "--json")
            #expect(!json.output.contains(password))
            for name in user.names(in: "home/state") where !name.hasSuffix("secrets") {
                let bytes = try Data(contentsOf: URL(filePath: "\(user.home)/state/\(name)"))
                #expect(bytes.range(of: Data(password.utf8)) == nil, "\(name)")
                #expect(try user.mode("\(user.home)/state/\(name)") == 0o600, "\(name)")
            }
        }
    }

    /// A run that waits for its decision: the answer to a create without a unique key was lost.
    @Test("if only a person can decide, sprun exits with status 7, sends nothing more, and follows the decision")
    func undecided() async throws {
        let user = try User()
        try user.write(
            "key.lua", #"return { id = sp.create_sshkey{ name = "deploy", public_key = "ssh-rsa AAAA" }.id }"#)
        _ = try await Simulation.with(
            user, ["--speed", "600", "--fault", "create_sshkey:1=closed", "--log", "log.jsonl"]
        ) { simulation in
            let environment = simulation.environment
            let first = try await user.sprun("run", "key.lua", environment: environment)
            #expect(first.status == .exited(7) && first.error.contains("SP0702"), "\(first)")
            #expect(first.error.contains("--recreate, --skip"))
            let posts = try user.read("log.jsonl").components(separatedBy: "create_sshkey").count
            let again = try await user.sprun("resume", environment: environment)
            #expect(again.status == .exited(7), "\(again)")
            #expect(try user.read("log.jsonl").components(separatedBy: "create_sshkey").count == posts)
            let both = try await user.sprun("resume", "--skip", "--recreate", environment: environment)
            #expect(both.status == .exited(64))
            let made = try await user.sprun("resume", "--recreate", environment: environment)
            #expect(made.status == .exited(0) && made.error.contains("1 created"), "\(made)")
        }
    }

    // MARK: What stands in the way

    /// A run that failed half-way, with what there is of it.
    private static func stopped(
        _ body: @escaping @Sendable (User, [String: String]) async throws -> Void
    ) async throws {
        let user = try User()
        try user.write("site.lua", recipe)
        _ = try await Simulation.with(user, ["--speed", "600", "--fault", "create_db:1=402", "--log", "log.jsonl"]) {
            let run = try await user.sprun("run", "site.lua", "name=acme", environment: $0.environment)
            #expect(run.status == .exited(3), "\(run)")
            let sent = try user.read("log.jsonl")
            try await body(user, $0.environment)
            let changes = try user.read("log.jsonl").dropFirst(sent.count).split(separator: "\n")
                .filter { $0.contains(#""method":"POST""#) }
            #expect(changes.isEmpty, "nothing new was sent: \(changes)")
        }
    }

    @Test("a changed recipe is rejected, and a corrected recipe is accepted with --accept-recipe-change")
    func changed() async throws {
        try await Self.stopped { user, environment in
            try user.write("site.lua", "-- another beginning\n" + Self.recipe)
            let refused = try await user.sprun("resume", environment: environment)
            #expect(refused.status == .exited(6) && refused.error.contains("SP0701"), "\(refused)")
            #expect(refused.error.contains("--accept-recipe-change"))
            try user.write("site.lua", Self.recipe.replacing("php8.4", with: "php8.3"))
            let other = try await user.sprun("resume", "--accept-recipe-change", environment: environment)
            #expect(other.status == .exited(6), "\(other)")
            #expect(other.error.contains("sp.create_app acme at site.lua:4"), "both sides are told: \(other)")
        }
    }

    @Test(
        "a run of another version of sprun or Lua is rejected, and the error names both versions",
        arguments: [("0.0.9", nil, "sprun 0.0.9"), (nil, "Lua 5.4.99", "Lua 5.4.99")] as [(String?, String?, String)])
    func otherVersions(program: String?, lua: String?, told: String) async throws {
        try await Self.stopped { user, environment in
            // As such a program would have written it: the same run, begun anew.
            let store = try SQLiteRunStore(
                path: "\(user.home)/state/journal.db", keyPath: "\(user.home)/state/journal.key")
            var header = try #require(try await store.runs().first).header
            header.id = RunID(rawValue: "other0")
            header.program = program ?? header.program
            header.lua = lua ?? header.lua
            try await store.begin(header, epoch: try await store.takeOver(header.account))
            try await store.close()
            let refused = try await user.sprun("resume", "other0", environment: environment)
            #expect(refused.status == .exited(6) && refused.error.contains("SP0701"), "\(refused)")
            #expect(refused.error.contains("began with") && refused.error.contains(told), "\(refused)")
            #expect(try await user.sprun("show", "other0").status == .exited(0))
        }
    }

    @Test("another account, a missing key, a damaged journal and a missing recipe have clear errors")
    func obstacles() async throws {
        try await Self.stopped { user, environment in
            let other = environment.merging(["SERVERPILOT_CLIENT_ID": "cid_other"]) { $1 }
            let account = try await user.sprun("resume", environment: other)
            #expect(account.status == .exited(4) && account.error.contains("SP0709"), "\(account)")
            let journal = "\(user.home)/state/journal.db"
            let key = "\(user.home)/state/journal.key"
            try FileManager.default.moveItem(atPath: key, toPath: key + ".away")
            let keyless = try await user.sprun("resume", environment: environment)
            #expect(keyless.status == .exited(1) && keyless.error.contains("SP0707"), "\(keyless)")
            try FileManager.default.moveItem(atPath: key + ".away", toPath: key)
            try FileManager.default.moveItem(atPath: user.folder + "/site.lua", toPath: user.folder + "/away.lua")
            let gone = try await user.sprun("resume", environment: environment)
            #expect(gone.status == .exited(64) && gone.error.contains("site.lua"), "\(gone)")
            let unknown = try await user.sprun("resume", "zzzzzz", environment: environment)
            #expect(unknown.status == .exited(64) && unknown.error.contains("SP0708"), "\(unknown)")
            let hidden = try await user.sprun("show", "zzzzzz")
            #expect(
                hidden.status == .exited(64) && hidden.error.contains("SP0708]: no run has the id 'zzzzzz'"),
                "\(hidden)")
            let bytes = try Data(contentsOf: URL(filePath: journal))
            try bytes.prefix(bytes.count / 2).write(to: URL(filePath: journal))
            let damaged = try await user.sprun("resume", environment: environment)
            #expect(damaged.status == .exited(1) && damaged.error.contains("SP0706"), "\(damaged)")
            #expect(try Data(contentsOf: URL(filePath: journal)).count == bytes.count / 2, "left as it is")
        }
    }

    @Test("while one run holds the account, another run exits at once with status 5")
    func twice() async throws {
        let user = try User()
        let code = #"sp.create_sysuser{ serverid = "srvAAAAAAAAAAAA1", name = "acme" }"#
        try await Judge.with(.hold, user) { judge in
            _ = try await user.launch(["run", "-e", code], environment: judge.environment).run { first in
                try await judge.says("change POST /v1/sysusers")
                let second = try await user.sprun("run", "-e", code, environment: judge.environment)
                #expect(second.status == .exited(5) && second.error.contains("SP0108"), "\(second)")
                let resumed = try await user.sprun("resume", environment: judge.environment)
                #expect(resumed.status == .exited(5), "\(resumed)")
                #expect(await judge.changes.count == 1)
                await judge.answer()
            }
        }
    }

    @Test("with --no-journal, nothing is written and nothing can be resumed")
    func unjournaled() async throws {
        let user = try User()
        try await Judge.with(.honest, user) { judge in
            let run = try await user.sprun(
                "run", "--no-journal", "-e", "print(#sp.servers())", environment: judge.environment)
            #expect(run.status == .exited(0), "\(run)")
            #expect(!user.has("home/state/journal.db"))
            let none = try await user.sprun("resume", environment: judge.environment)
            #expect(none.status == .exited(64) && none.error.contains("SP0708"), "\(none)")
            let runs = try await user.sprun("runs")
            #expect(runs.status == .exited(0) && runs.error.contains("no runs recorded yet"), "\(runs)")
        }
    }
}
