import Foundation
import Subprocess
import Testing

@Suite("The list of runs")
struct RunListTests {
    private static let recipe = """
        return recipe {
            name = "user", version = "1.0.0", summary = "A user", needs = { create = { "sysusers" } },
            params = {
                name = param.string{ required = true, doc = "The name." },
                phrase = param.secret{ doc = "The password." },
                note = param.string{ doc = "Anything." },
            },
            run = function(params)
                local server = sp.find_server{ name = "www1" }
                sp.create_sysuser{ serverid = server.id, name = params.name, password = params.phrase }
            end,
        }
        """

    /// Runs the recipe.
    private static func run(_ user: User, _ words: String..., on simulation: Simulation) async throws -> Finished {
        try await user.launch(["run", "user.lua"] + words, environment: simulation.environment).run()
    }

    @Test("has the parameters without secrets, the state, and the commands that select from it")
    func list() async throws {
        let user = try User()
        try user.write("user.lua", Self.recipe)
        try user.write("phrase", "correct horse battery")
        _ = try await Simulation.with(user, ["--speed", "600", "--fault", "create_sysuser:2=402"]) { simulation in
            let made = try await Self.run(user, "name=one", "phrase=@phrase", on: simulation)
            let failed = try await Self.run(user, "name=two", "note=a b", on: simulation)
            #expect(made.status == .exited(0) && failed.status == .exited(1), "\(made) \(failed)")

            let list = try await user.sprun("runs")
            #expect(list.lines.count == 3 && list.lines[0].hasPrefix("RUN     STATE   AGE"), "\(list)")
            #expect(list.lines[1].hasSuffix("  0        user.lua name=two 'note=a b'"), "\(list)")
            #expect(list.lines[2].hasSuffix("  1        user.lua name=one phrase=<redacted>"), "\(list)")
            let id = String(list.lines[2].prefix(6))
            #expect(made.error.hasSuffix("run \(id)  undo: sprun undo \(id)\n"), "\(made)")
            let shown = try await user.sprun("show", id)
            #expect(shown.lines[0] == "\(id)  done  user.lua name=one phrase=<redacted>", "\(shown)")
            let json = try await user.sprun("runs", "--json")
            #expect(json.output.contains(#""parameters":{"name":"one","phrase":"<redacted>"}"#), "\(json)")
            for output in [list, shown, json] { #expect(!output.everything.contains("battery")) }

            for (words, count) in [
                (["--state", "failed"], 1), (["--state", "failed", "--state", "done"], 2), (["--number", "1"], 1),
                (["--recipe", "user.lua"], 2), (["--recipe", "site.lua"], 0), (["--since", "1h"], 2),
                (["--state", "running"], 0),
            ] {
                let selected = try await user.launch(["runs"] + words).run()
                #expect(max(0, selected.lines.count - 1) == count, "\(words): \(selected)")
                #expect(selected.error == (count == 0 ? "no such runs\n" : ""), "\(words): \(selected)")
            }
            let wrong = try await user.sprun("runs", "--since", "yesterday")
            #expect(wrong.status == .exited(64) && wrong.error.contains("write it as 12h or 30d"), "\(wrong)")
        }
    }

    @Test("fits the columns of the terminal")
    func narrow() async throws {
        let user = try User()
        try user.write("user.lua", Self.recipe)
        _ = try await Simulation.with(user, ["--speed", "600"]) { simulation in
            _ = try await Self.run(user, "name=one", "note=" + String(repeating: "é", count: 120), on: simulation)
            let list = try await user.sprun("runs", environment: ["COLUMNS": "80"])
            #expect(list.lines[1].count == 80 && list.lines[1].hasSuffix("…"), "\(list)")
        }
    }

    @Test("shows whether a process works on a run, or the run was killed")
    func running() async throws {
        let user = try User()
        try await Judge.with(.hold, user) { judge in
            let code = #"sp.create_sysuser{ serverid = "srvAAAAAAAAAAAA1", name = "acme" }"#
            let run = try await user.launch(["run", "-e", code], environment: judge.environment).run {
                try await judge.says("change POST /v1/sysusers")
                let list = try await user.sprun("runs")
                #expect(list.lines.last?.contains("  running  ") == true, "\(list)")
                try $0.send(.kill)
            }.program
            #expect(run.status == .signaled(9), "\(run)")
            let list = try await user.sprun("runs")
            #expect(list.lines.last?.contains("  interrupted  ") == true, "\(list)")
        }
    }

    @Test("shows a killed run as interrupted while a process works on another run of the account")
    func killedBesideRunning() async throws {
        let user = try User()
        try await Judge.with(.hold, user) { judge in
            let words = ["run", "-e", #"sp.create_sysuser{ serverid = "srvAAAAAAAAAAAA1", name = "acme" }"#]
            _ = try await user.launch(words, environment: judge.environment).run {
                try await judge.says("change POST /v1/sysusers")
                try $0.send(.kill)
            }
            let id = try #require(try await user.sprun("runs").lines.last.map { String($0.prefix(6)) })
            _ = try await user.launch(words, environment: judge.environment).run {
                while try await user.sprun("runs").lines.count < 3 { try await Task.sleep(for: .milliseconds(50)) }
                let shown = try await user.sprun("show", id)
                #expect(shown.lines[0].contains("  interrupted  "), "\(shown)")
                #expect(shown.output.contains("continue with: sprun resume \(id)"), "\(shown)")
                try $0.send(.kill)
            }
        }
    }
}
