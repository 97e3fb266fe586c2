import Foundation
import Subprocess
import Testing

/// Plans as their users make, keep, share and carry them out.
@Suite("sprun plan and apply", .timeLimit(.minutes(10)))
struct PlanCommandTests {
    private static let site = """
        local server = sp.find_server{ name = "www1" }
        local user = sp.ensure_sysuser{ serverid = server.id, name = "acme", password = sp.secret("user") }
        local app = sp.ensure_app{ name = "acme", sysuserid = user.id, runtime = "php8.4", domains = { "acme.example" } }
        return { app = app.name }
        """
    private static let deleting =
        site.replacing(
            "return { app = app.name }", with: "sp.wait(sp.delete_app(sp.find_app{ name = \"olivepress\" }.id))")

    /// Requests that change something, as the simulator's log has them.
    private static func changes(_ user: User) throws -> [String] {
        guard user.has("log.jsonl") else { return [] }
        return try user.read("log.jsonl").split(separator: "\n").map(String.init).filter {
            $0.contains(#""method":"POST""#) || $0.contains(#""method":"DELETE""#)
        }
    }

    private static func with(
        _ recipe: String, _ more: [String] = [],
        _ body: @escaping @Sendable (User, [String: String]) async throws -> Void
    ) async throws {
        let user = try User()
        try user.write("site.lua", recipe)
        _ = try await Simulation.with(user, ["--speed", "600", "--seed", "7", "--log", "log.jsonl"] + more) {
            try await body(user, $0.environment)
        }
    }

    @Test("a plan sends only GETs, applying it makes its calls, and then nothing is left to do")
    func way() async throws {
        try await Self.with(Self.site) { user, environment in
            let planned = try await user.sprun(
                "plan", "--out", "site.plan", "--detailed-exitcode", "site.lua", environment: environment)
            #expect(planned.status == .exited(2), "\(planned)")
            #expect(planned.output.contains("+ system user acme") && planned.output.contains("(sensitive)"))
            #expect(planned.output.contains("Plan: 2 to add, 0 to change, 0 to delete."))
            #expect(try Self.changes(user) == [])
            #expect(try user.mode("\(user.folder)/site.plan") == 0o600)
            let applied = try await user.sprun("apply", "--json", "site.plan", environment: environment)
            #expect(applied.status == .exited(0), "\(applied)")
            #expect(try Self.changes(user).count == 2)
            let again = try await user.sprun("plan", "--detailed-exitcode", "site.lua", environment: environment)
            #expect(again.status == .exited(0) && again.output == "No changes.\n", "\(again)")
            let twice = try await user.sprun("apply", "site.plan", environment: environment)
            #expect(twice.status == .exited(6) && twice.error.contains("SP0802"), "\(twice)")
            #expect(twice.error.contains("'acme' is new"))
            #expect(try Self.changes(user).count == 2)
        }
    }

    @Test("an edited or damaged plan, and a plan for another account or recipe, is rejected")
    func refused() async throws {
        try await Self.with(Self.site) { user, environment in
            let planned = try await user.sprun("plan", "--out", "site.plan", "site.lua", environment: environment)
            #expect(planned.status == .exited(0), "\(planned)")
            let text = try user.read("site.plan")
            for (what, broken) in [
                ("edited", text.replacing("\"create\": 2", with: "\"create\": 1")),
                ("damaged", text.replacing("\"sealed\": \"", with: "\"sealed\": \"AAAA")),
                ("cut", String(text.dropLast(40))),
                ("newer", text.replacing("\"sprun_plan\": 1", with: "\"sprun_plan\": 99")), ("empty", ""),
            ] {
                try user.write("broken.plan", broken)
                let run = try await user.sprun("apply", "broken.plan", environment: environment)
                #expect(run.status == .exited(1) && run.error.contains("SP0801"), "\(what): \(run)")
            }
            let other = environment.merging(["SERVERPILOT_CLIENT_ID": "cid_other"]) { $1 }
            let account = try await user.sprun("apply", "site.plan", environment: other)
            #expect(account.status == .exited(4) && account.error.contains("SP0709"), "\(account)")
            let simulated = try await user.sprun("apply", "--simulate", "site.plan", environment: environment)
            #expect(simulated.status == .exited(4), "\(simulated)")
            try user.write("site.lua", Self.site + "\n")
            let recipe = try await user.sprun("apply", "site.plan", environment: environment)
            #expect(recipe.status == .exited(6) && recipe.error.contains("SP0701"), "\(recipe)")
            #expect(try Self.changes(user) == [])
        }
    }

    @Test("deletions are confirmed by --yes or on a terminal, and never without either")
    func deletions() async throws {
        try await Self.with(Self.deleting) { user, environment in
            let run = try await user.sprun("run", "site.lua", environment: environment)
            #expect(run.status == .exited(64) && run.error.contains("SP0805"), "\(run)")
            #expect(!(try Self.changes(user).contains { $0.contains("delete_app") }))
            let limited = try await user.sprun(
                "run", "--yes", "--max-delete", "0", "site.lua", environment: environment)
            #expect(limited.error.contains("SP0804"), "\(limited)")
            let planned = try await user.sprun("plan", "--out", "site.plan", "site.lua", environment: environment)
            #expect(planned.output.contains("deletes 1 database (olivepress-wp)"), "\(planned)")
            let silent = try await user.sprun("apply", "site.plan", environment: environment)
            #expect(silent.status == .exited(64) && silent.error.contains("SP0805"), "\(silent)")
            let declined = try await user.sprunOnTerminal(
                ["apply", "site.plan"], answers: [("[y/N]", "n")], environment: environment)
            #expect(declined.output.contains("SP0806"), "\(declined)")
            #expect(!(try Self.changes(user).contains { $0.contains("delete_app") }))
            let done = try await user.sprunOnTerminal(
                ["apply", "site.plan"], answers: [("[y/N]", "y")], environment: environment)
            #expect(try Self.changes(user).contains { $0.contains("delete_app") }, "\(done)")
        }
    }

    @Test("run --confirm shows the plan, asks, and applies it")
    func confirmed() async throws {
        try await Self.with(Self.site) { user, environment in
            let silent = try await user.sprun("run", "--confirm", "site.lua", environment: environment)
            #expect(silent.status == .exited(64) && silent.error.contains("Plan: 2 to add"), "\(silent)")
            #expect(try Self.changes(user) == [])
            let done = try await user.sprunOnTerminal(
                ["run", "--confirm", "site.lua"], answers: [("[y/N]", "y")], environment: environment)
            #expect(done.output.contains("2 created"), "\(done)")
            let nothing = try await user.sprun("run", "--confirm", "site.lua", environment: environment)
            #expect(nothing.status == .exited(0) && nothing.error.contains("No changes."), "\(nothing)")
        }
    }

    @Test("AutoSSL that becomes available between plan and apply is a branch of the plan, and the run succeeds")
    func branches() async throws {
        let user = try User()
        let options = ["--speed", "600", "--seed", "7", "--autossl-delay", "1s", "--log", "log.jsonl"]
        _ = try await Simulation.with(user, options) { simulation in
            let words = ["new-site", "server=www1", "domain=acme.example"]
            let planned = try await user.launch(
                ["plan", "--out", "site.plan"] + words, environment: simulation.environment
            ).run()
            #expect(planned.output.contains("If AutoSSL is available for the app 'acme' by then:"), "\(planned)")
            #expect(planned.output.contains("Plan: 3 to add, 0 to change, 0 to delete."), "\(planned)")
            let applied = try await user.sprun("apply", "site.plan", environment: simulation.environment)
            #expect(applied.status == .exited(0) && applied.error.contains("3 created, 2 updated"), "\(applied)")
            let again = try await user.launch(
                ["plan", "--detailed-exitcode"] + words, environment: simulation.environment
            ).run()
            #expect(again.status == .exited(0) && again.output == "No changes.\n", "\(again)")
        }
    }

    @Test("a run that would differ from its plan reports its changes, and prints a command that continues")
    func differs() async throws {
        let recipe = """
            local server = sp.find_server{ name = "www1" }
            local user = sp.ensure_sysuser{ serverid = server.id, name = "acme", password = sp.secret("user") }
            local is_there = pcall(sp.app, sp.find_app{ name = "oliveoil" }.id)
            sp.ensure_app{ name = is_there and sp.params.name or "other", sysuserid = user.id, runtime = "php8.4" }
            """
        // The third time that the app is asked for: after the plan's, and the look before it is carried out.
        try await Self.with(recipe, ["--fault", "app:3=404"]) { user, environment in
            let planned = try await user.sprun(
                "plan", "--out", "site.plan", "site.lua", "name=acme-2", environment: environment)
            #expect(planned.status == .exited(0), "\(planned)")
            let applied = try await user.sprun("apply", "site.plan", environment: environment)
            #expect(applied.status == .exited(6) && applied.error.contains("SP0803"), "\(applied)")
            #expect(applied.error.contains("All changes so far are complete and recorded."), "\(applied)")
            #expect(applied.error.contains("sprun plan site.lua name=acme-2"), "\(applied)")
            #expect(!applied.error.contains("sprun resume"), "\(applied)")
            let way = try await user.shell(
                "$SPRUN plan --out next.plan site.lua name=acme-2 && $SPRUN apply next.plan", environment: environment)
            #expect(way.status == .exited(0) && way.error.contains("1 created"), "\(way)")
        }
    }

    @Test("an apply that failed halfway is resumed, and follows its plan")
    func resumed() async throws {
        try await Self.with(Self.site, ["--fault", "create_app:1=402"]) { user, environment in
            _ = try await user.sprun("plan", "--out", "site.plan", "site.lua", environment: environment)
            let failed = try await user.sprun("apply", "site.plan", environment: environment)
            #expect(failed.status == .exited(3), "\(failed)")
            let resumed = try await user.sprun("resume", environment: environment)
            #expect(resumed.status == .exited(0) && resumed.error.contains("1 created"), "\(resumed)")
        }
    }

    @Test("undo deletes what a run created, newest first, and nothing that it found")
    func undo() async throws {
        let recipe = """
            local server = sp.find_server{ name = "www1" }
            sp.ensure_sysuser{ serverid = server.id, name = "olive" }
            local user, a1 = sp.create_sysuser{ serverid = server.id, name = "acme" }
            local key = sp.create_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" }
            local app, a2 = sp.create_app{ name = "acme", sysuserid = user.id, runtime = "php8.4" }
            sp.wait{ a1, a2 }
            error("half-way")
            """
        try await Self.with(recipe) { user, environment in
            let run = try await user.sprun("run", "site.lua", environment: environment)
            #expect(run.status == .exited(3), "\(run)")
            let list = try await user.sprun("runs", "--json")
            let id = try #require(list.output.firstMatch(of: #/"run":"([a-z0-9]+)"/#)?.1, "\(list)")
            let silent = try await user.sprun("undo", String(id), environment: environment)
            #expect(silent.status == .exited(64) && silent.error.contains("Plan: 0 to add, 0 to change, 3 to delete."))
            let done = try await user.sprun("undo", "--yes", String(id), environment: environment)
            #expect(done.status == .exited(0) && done.error.contains("3 deleted"), "\(done)")
            let names = try await user.sprun(
                "run", "--no-journal", "-e",
                "for _, u in ipairs(sp.sysusers()) do print(u.name) end print(#sp.sshkeys(), #sp.apps())",
                environment: environment)
            #expect(names.output.contains("olive\n") && !names.output.contains("acme"), "\(names)")
            #expect(names.output.hasSuffix("0\t2\n"), "\(names)")
            let again = try await user.sprun("undo", "--yes", String(id), environment: environment)
            #expect(again.status == .exited(0) && again.error.contains("No changes."), "\(again)")
            let unknown = try await user.sprun("undo", "zzzzzz", environment: environment)
            #expect(unknown.status == .exited(64) && unknown.error.contains("SP0708"), "\(unknown)")
        }
    }

    @Test("undo removes a key from a user that the run found before it deletes the key; the run is then finished")
    func undoKey() async throws {
        let recipe = """
            local server = sp.find_server{ name = "www1" }
            local olive = sp.find_sysuser{ name = "olive" }
            local key = sp.ensure_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" }
            sp.ensure_sysuser_sshkey(olive.id, key.id)
            local user, action = sp.create_sysuser{ serverid = server.id, name = "acme", sshkey_id = key.id }
            sp.wait(action)
            error("half-way")
            """
        try await Self.with(recipe) { user, environment in
            let run = try await user.sprun("run", "site.lua", environment: environment)
            #expect(run.status == .exited(3), "\(run)")
            let list = try await user.sprun("runs", "--json")
            let id = String(try #require(list.output.firstMatch(of: #/"run":"([a-z0-9]+)"/#)?.1, "\(list)"))
            let done = try await user.sprun("undo", "--yes", id, environment: environment)
            #expect(done.status == .exited(0), "\(done)")
            let left = try await user.sprun(
                "run", "--no-journal", "-e",
                "print(#sp.sshkeys(), #sp.sysuser_sshkeys(sp.find_sysuser{ name = 'olive' }.id), "
                    + "sp.find_sysuser{ name = 'acme' })", environment: environment)
            #expect(left.output == "0\t0\tnil\n", "\(left)")
            // The undone run is not carried on, whoever asks and however.
            let bare = try await user.sprun("resume", environment: environment)
            #expect(bare.status == .exited(64) && bare.error.contains("no run can be resumed"), "\(bare)")
            let named = try await user.sprun("resume", id, environment: environment)
            #expect(named.status == .exited(64) && named.error.contains("the run \(id) was undone"), "\(named)")
            let runs = try await user.sprun("runs", "--json")
            #expect(runs.output.contains(#""run":"\#(id)","status":"undone""#), "\(runs)")
        }
    }

    @Test("an interrupted undo is resumed, and the undone run is not")
    func undoCutOff() async throws {
        let recipe = """
            local server = sp.find_server{ name = "www1" }
            for i = 1, 3 do sp.wait(select(2, sp.create_sysuser{ serverid = server.id, name = "acme" .. i })) end
            error("half-way")
            """
        try await Self.with(recipe, ["--fault", "delete_sysuser:2=402"]) { user, environment in
            _ = try await user.sprun("run", "site.lua", environment: environment)
            let list = try await user.sprun("runs", "--json")
            let id = String(try #require(list.output.firstMatch(of: #/"run":"([a-z0-9]+)"/#)?.1, "\(list)"))
            let cut = try await user.sprun("undo", "--yes", id, environment: environment)
            #expect(cut.status == .exited(3), "\(cut)")
            let rest = try await user.sprun("resume", environment: environment)
            #expect(rest.status == .exited(0) && rest.error.contains("2 deleted"), "\(rest)")
            let none = try await user.sprun("resume", environment: environment)
            #expect(none.status == .exited(64), "\(none)")
        }
    }

    @Test("undo does not delete resources that were added after the confirmation")
    func undoGrown() async throws {
        let recipe = """
            local server = sp.find_server{ name = "www1" }
            local user = sp.create_sysuser{ serverid = server.id, name = "acme" }
            local app, action = sp.create_app{ name = "acme", sysuserid = user.id, runtime = "php8.4" }
            sp.wait(action)
            """
        // While the undo deletes nothing yet, a rival makes a database in the app.
        let rival = #"""
            { "faults": [ { "operation": "app", "nth": 2, "fault": "rival", "call": "create_db", "arguments":
              { "appid": "{id}", "name": "late", "user": { "name": "late", "password": "long-enough-1" } } } ] }
            """#
        let user = try User()
        try user.write("site.lua", recipe)
        try user.write("faults.json", rival)
        _ = try await Simulation.with(user, ["--speed", "600", "--faults", "faults.json"]) { simulation in
            let environment = simulation.environment
            _ = try await user.sprun("run", "site.lua", environment: environment)
            let list = try await user.sprun("runs", "--json")
            let id = String(try #require(list.output.firstMatch(of: #/"run":"([a-z0-9]+)"/#)?.1, "\(list)"))
            let stopped = try await user.sprun("undo", "--yes", id, environment: environment)
            #expect(stopped.status == .exited(7), "\(stopped)")
            #expect(stopped.error.contains("1 database (late) appeared after the confirmation"), "\(stopped)")
            let there = try await user.sprun(
                "run", "--no-journal", "-e", "print(sp.find_db{ name = 'late' } ~= nil)", environment: environment)
            #expect(there.output == "true\n", "\(there)")
            let agreed = try await user.sprun("resume", "--yes", environment: environment)
            #expect(agreed.status == .exited(0) && agreed.error.contains("2 deleted"), "\(agreed)")
        }
    }

    @Test("the confirmation of a deletion names all dependents, with and without a terminal")
    func fallsAreNamed() async throws {
        let code = #"sp.wait(sp.delete_sysuser(sp.find_sysuser{ name = "olive" }.id))"#
        let all = "system user olive with 2 apps (oliveoil, olivepress) and 2 databases (oliveoil-wp, olivepress-wp)"
        try await Self.with(code) { user, environment in
            let silent = try await user.sprun("run", "site.lua", environment: environment)
            #expect(silent.status == .exited(64) && silent.error.contains(all), "\(silent)")
            let limited = try await user.sprun(
                "run", "--yes", "--max-delete", "4", "site.lua", environment: environment)
            #expect(limited.status == .exited(8) && limited.error.contains(all), "\(limited)")
            let asked = try await user.sprunOnTerminal(
                ["run", "site.lua"], answers: [("[y/N]", "n")], environment: environment)
            #expect(asked.output.contains("Delete \(all)? [y/N]"), "\(asked)")
            #expect(try Self.changes(user) == [])
            let done = try await user.sprun("run", "--yes", "site.lua", environment: environment)
            #expect(done.error.contains("- system user olive  deleted"), "\(done)")
        }
    }

    @Test("a recipe that fails in a plan shows its line, and exits with status 1")
    func failure() async throws {
        try await Self.with("sp.servers()\nsp.create_ap{}") { user, environment in
            let run = try await user.sprun("plan", "site.lua", environment: environment)
            #expect(run.status == .exited(1) && run.error.contains("site.lua:2"), "\(run)")
        }
    }

    /// Each shipped recipe with parameters that fit the demo account.
    static let shipped = [
        "new-site.lua server=www1 domain=acme.example", "php-upgrade.lua below=php8.1 to=php8.3", "inventory.lua",
        "audit.lua below=php8.2", "autossl-when-ready.lua app=oliveoil", "connect-server.lua name=www3",
        "demo-sites.lua server=www1 count=2 domain=demo.acme.example",
        "map-domain.lua app=oliveoil domains=acme.example",
        "move-apps.lua from=www1 to=www4",
        "preview-environment.lua action=create server=www1 project=shop number=7 domain=preview.acme.example",
        "purge-demo-sites.lua server=www1 older_than=7d", "rotate-db-password.lua db=oliveoil-wp",
        "ssh-key-fanout.lua key=joe.pub name=joe",
    ]

    @Test(
        "plans of the shipped recipes match the golden files: wide and narrow, with and without colour, and JSON",
        arguments: shipped)
    func golden(_ line: String) async throws {
        let words = line.split(separator: " ").map(String.init)
        let name = String(words[0].dropLast(4))
        let user = try User()
        try user.write(
            "joe.pub", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIyvcYA4gi7A5CBYahr0Y4xWF6REPPOUX6v9vDU/0bGY joe\n")
        // Time passes fast there, and AutoSSL is not to come while a plan is made.
        let options = ["--speed", "600", "--seed", "7", "--autossl-delay", "30d"]
        _ = try await Simulation.with(user, options) { simulation in
            for (form, options, columns) in [
                ("txt", [], nil), ("narrow.txt", [], "48"), ("colour.txt", ["--color", "always"], nil),
                ("json", ["--json"], nil),
            ] as [(String, [String], String?)] {
                var environment = simulation.environment
                environment["COLUMNS"] = columns
                let recipe = Installation.recipe(words[0])
                let run = try await user.launch(
                    ["plan"] + options + [recipe] + words.dropFirst(), environment: environment
                ).run()
                #expect(run.status == .exited(0), "\(run)")
                // What a recipe imports beside itself is told by its path, which is this checkout's.
                let output = run.output.replacing(Installation.recipe(""), with: "")
                    .replacing(simulation.environment["SERVERPILOT_CLIENT_ID"] ?? "?", with: "CLIENT")
                    .replacing(simulation.environment["SERVERPILOT_API_URL"] ?? "?", with: "ENDPOINT")
                    .replacing(#/"datecreated":\d+/#, with: #""datecreated":0"#)
                let file = Installation.fixture("plans/\(name).\(form)")
                if ProcessInfo.processInfo.environment["SPRUN_RECORD"] != nil {
                    try FileManager.default.createDirectory(
                        atPath: Installation.fixture("plans"), withIntermediateDirectories: true)
                    try output.write(toFile: file, atomically: true, encoding: .utf8)
                }
                #expect(try String(contentsOfFile: file, encoding: .utf8) == output, "\(name).\(form)")
            }
        }
    }
}
