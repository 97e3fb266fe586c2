import Foundation
import Subprocess
import Testing

/// Changes outside of ServerPilot, from the command line: the other side is the simulator's own port.
@Suite("Changes outside of ServerPilot", .timeLimit(.minutes(5)))
struct OutsideCommandTests {
    private static func recipe(_ host: String) -> String {
        """
        return recipe {
            name = "machine", version = "1.0.0", summary = "Makes something elsewhere.",
            needs = { http = { "\(host)" } },
            params = { base = param.string{ required = true }, token = param.secret{ required = true } },
            run = function(p)
                local headers = { Authorization = "Basic " .. p.token }
                local made = http.post_json(p.base .. "/sshkeys", { name = "m", public_key = "ssh-ed25519 AAAAm" }, {
                    lost = "raise", headers = headers, planned = { json = { data = { id = "PLANNED1" } } } })
                local id = made.json.data.id
                local renamed = http.post_json(p.base .. "/sshkeys/" .. id, { name = "renamed" }, {
                    lost = "raise", headers = headers, planned = { json = { data = { name = "renamed" } } } })
                local got = http.get(p.base .. "/sshkeys/" .. id, {
                    headers = headers, planned = { json = { data = { name = "renamed" } } } })
                print(p.token)
                return { name = got.json.data.name }
            end,
        }
        """
    }

    /// A user, the words that run the recipe, and the account.
    private static func with(
        _ body: @escaping @Sendable (User, [String], [String: String], _ token: String) async throws -> Void
    ) async throws {
        let user = try User()
        _ = try await Simulation.with(user, ["--seed", "7"]) { simulation in
            var environment = simulation.environment
            let base = try #require(environment["SERVERPILOT_API_URL"])
            let login = "\(environment["SERVERPILOT_CLIENT_ID"] ?? ""):\(environment["SERVERPILOT_API_KEY"] ?? "")"
            let token = Data(login.utf8).base64EncodedString()
            let host = try #require(URL(string: base)).port.map { "127.0.0.1:\($0)" } ?? ""
            try user.write("machine.lua", Self.recipe(host))
            environment["TOKEN"] = token
            try await body(user, ["machine.lua", "base=\(base)", "token=@env:TOKEN"], environment, token)
        }
    }

    /// The recipe with a way to take back what it has made elsewhere.
    private static let undo = """
            undo = function(p, done)
                for i, change in ipairs(done) do
                    print(i, change.call, change.object:match("/v1/%a+"), change.lost)
                end
                local headers = { Authorization = "Basic " .. p.token }
                for _, key in ipairs(http.get(p.base .. "/sshkeys", { headers = headers }).json.data) do
                    if key.name == "renamed" then
                        http.request{ method = "DELETE", url = p.base .. "/sshkeys/" .. key.id, headers = headers }
                    end
                end
            end,
        """

    @Test("are undone by the recipe's undo function, after a question, and only by the same recipe")
    func takenBack() async throws {
        try await Self.with { user, words, environment, token in
            let recipe = try user.read("machine.lua")
            let text = recipe.replacing("    run = function", with: "\(Self.undo)    run = function")
            try user.write("machine.lua", text)
            let ran = try await user.launch(["run"] + words, environment: environment).run()
            #expect(ran.status == .exited(0), "\(ran)")
            let list = try await user.launch(["runs", "--json"], environment: environment).run()
            let id = String(try #require(list.output.firstMatch(of: #/"run":"([a-z0-9]+)"/#)?.1, "\(list)"))
            func keys() async throws -> String {
                try await user.launch(["run", "--no-journal", "-e", "print(#sp.sshkeys())"], environment: environment)
                    .run().output
            }
            #expect(try await keys() == "1\n")
            let silent = try await user.launch(["undo", id], environment: environment).run()
            #expect(silent.status == .exited(64) && silent.error.contains("--yes"), "\(silent)")
            try user.write("machine.lua", text + "\n-- changed\n")
            let changed = try await user.launch(["undo", "--yes", id], environment: environment).run()
            #expect(changed.error.contains("has changed since the run began"), "\(changed)")
            #expect(changed.error.contains("not undone, outside of ServerPilot: http.post"), "\(changed)")
            #expect(try await keys() == "1\n")
            try FileManager.default.removeItem(atPath: "\(user.folder)/machine.lua")
            let gone = try await user.launch(["undo", "--yes", id], environment: environment).run()
            #expect(gone.status == .exited(0) && gone.error.contains("can no longer be read"), "\(gone)")
            #expect(gone.error.contains("not undone, outside of ServerPilot: http.post"), "\(gone)")
            try user.write("machine.lua", text)
            let undone = try await user.launch(["undo", "--yes", id], environment: environment).run()
            #expect(undone.status == .exited(0), "\(undone)")
            #expect(undone.output.contains("1\thttp.post\t/v1/sshkeys\tfalse\n2\thttp.post"), "\(undone)")
            #expect(!undone.everything.contains(token), "\(undone)")
            #expect(try await keys() == "0\n")
            let again = try await user.launch(["undo", "--yes", id], environment: environment).run()
            #expect(again.status == .exited(0), "\(again)")
        }
    }

    @Test("are planned, made as planned, reported, and listed by undo")
    func planned() async throws {
        try await Self.with { user, words, environment, token in
            var said = ""
            func sprun(_ arguments: [String]) async throws -> Finished {
                let run = try await user.launch(arguments, environment: environment).run()
                said += run.everything
                return run
            }
            let planned = try await sprun(["plan"] + words)
            #expect(planned.output.contains("outside of ServerPilot\n  + http.post http://127.0.0.1:"), "\(planned)")
            #expect(planned.output.contains("/v1/sshkeys/PLANNED1"), "\(planned)")
            #expect(planned.output.contains("0 to delete; 2 outside of ServerPilot."), "\(planned)")
            let json = try await sprun(["plan", "--json"] + words)
            #expect(json.output.contains(#""action":"outside","operation":"http.post""#), "\(json)")
            #expect(json.output.contains(#""outside":2"#), "\(json)")
            let keys = "print(#sp.sshkeys())"
            let before = try await sprun(["run", "--no-journal", "-e", keys])
            #expect(before.output == "0\n", "\(before)")
            _ = try await sprun(["plan", "--out", "machine.plan"] + words)
            let applied = try await sprun(["apply", "--yes", "machine.plan"])
            #expect(applied.status == .exited(0) && applied.output.contains("renamed"), "\(applied)")
            #expect(applied.error.contains("+ http.post http://127.0.0.1:"), "\(applied)")
            #expect(applied.error.contains("2 outside of ServerPilot"), "\(applied)")
            let after = try await sprun(["run", "--no-journal", "-e", keys])
            #expect(after.output == "1\n", "\(after)")
            let list = try await sprun(["runs", "--json"])
            let id = try #require(list.output.firstMatch(of: #/"run":"([a-z0-9]+)"/#)?.1, "\(list)")
            let shown = try await sprun(["show", String(id)])
            #expect(shown.output.contains("http.post http://127.0.0.1:"), "\(shown)")
            let undone = try await sprun(["undo", "--yes", String(id)])
            #expect(undone.status == .exited(0), "\(undone)")
            #expect(
                undone.error.contains("warning: not undone, outside of ServerPilot: http.post http://"), "\(undone)"
            )
            #expect(undone.error.contains("created nothing at ServerPilot"), "\(undone)")
            #expect(!said.contains(token))
            for case let file as String in try #require(FileManager.default.enumerator(atPath: user.folder)) {
                let bytes = FileManager.default.contents(atPath: "\(user.folder)/\(file)") ?? Data()
                #expect(bytes.range(of: Data(token.utf8)) == nil, "\(file)")
            }
        }
    }

    @Test("are not made with --simulate; the declared replies count")
    func simulated() async throws {
        try await Self.with { user, words, environment, _ in
            let run = try await user.launch(["run", "--simulate"] + words, environment: environment).run()
            #expect(run.status == .exited(0) && run.output.contains("renamed"), "\(run)")
            let after = try await user.sprun(
                "run", "--no-journal", "-e", "print(#sp.sshkeys())", environment: environment)
            #expect(after.output == "0\n", "\(after)")
            let bare = try await user.sprun("run", "--simulate", "-e", "http.get('https://api.example/')")
            #expect(bare.status == .exited(1) && bare.error.contains("SP0904"), "\(bare)")
        }
    }

    @Test("to hosts that needs.http does not list are rejected with the line to add")
    func notGranted() async throws {
        try await Self.with { user, words, environment, _ in
            let text = try user.read("machine.lua").replacing(
                "http = {", with: "http = { \"other.example\" }, read = {")
            try user.write("machine.lua", text)
            let run = try await user.launch(["run"] + words, environment: environment).run()
            #expect(run.error.contains("SP0213") && run.error.contains("http = { \"127.0.0.1:"), "\(run)")
        }
    }
}
