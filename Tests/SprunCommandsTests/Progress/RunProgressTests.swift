import Foundation
import Subprocess
import Testing

@Suite("Progress of runs")
struct RunProgressTests {
    /// A recipe that makes so many system users, and fails at one of them if told so.
    private static let many = """
        local names = {}
        for i = 1, sp.params.count do names[i] = ("site-%03d"):format(i) end
        local server = sp.find_server{ name = "www1" }
        sp.each(names, function(name)
            for _ = 1, tonumber(sp.params.busy or 0) do end
            sp.create_sysuser{ serverid = server.id, name = name }
            if name == sp.params.fails then error("broken") end
        end, { limit = 4 })
        return { sites = #names }
        """

    private static func user() throws -> User {
        let user = try User()
        try user.write("many.lua", many)
        return user
    }

    @Test("many items get a line for each tenth and one for the end")
    func tenths() async throws {
        let run = try await Self.user().sprun("run", "--simulate", "many.lua", "count=40")
        #expect(run.status == .exited(0))
        let lines = run.error.split(separator: "\n").filter { !$0.hasPrefix("not waited for: ") }
        #expect(lines.count == 11, "\(run)")
        #expect(lines.dropLast(2).map { $0.prefix { $0 != "," } } == (1...9).map { "\($0 * 4)/40" }, "\(run)")
        #expect(lines[9].wholeMatch(of: #/40/40 in \S+/#) != nil, "\(run)")
        #expect(lines[10].hasPrefix("40 created  "))
    }

    @Test("--verbose shows each of many items, and --quiet only the result")
    func detail() async throws {
        let user = try Self.user()
        for flag in ["-v", "--verbose"] {
            let run = try await user.sprun("run", flag, "--simulate", "many.lua", "count=40")
            #expect(run.error.split(separator: "\n").count { $0.hasPrefix("+ system user site-") } == 40, "\(run)")
            try FileManager.default.removeItem(atPath: user.home)
        }
        for flag in ["-q", "--quiet"] {
            let run = try await user.sprun(flag, "--simulate", "many.lua", "count=3")
            #expect(run.status == .exited(0) && run.error.isEmpty && run.output == "sites  3\n", "\(run)")
            try FileManager.default.removeItem(atPath: user.home)
        }
        let planned = try await user.sprun("run", "-q", "--simulate", "--confirm", "--yes", "many.lua", "count=3")
        #expect(planned.status == .exited(0) && planned.error.isEmpty, "\(planned)")
        let both = try await user.sprun("run", "-q", "-v", "--simulate", "many.lua", "count=3")
        #expect(both.status == .exited(64) && both.error.contains("use only one of --quiet and --verbose"), "\(both)")
    }

    @Test("--quiet hides messages and warnings of the recipe, but not its output and its error")
    func quietFailure() async throws {
        let run = try await User().sprun(
            "run", "-q", "--simulate", "-e", "sp.log('logged') sp.warn('warned') print('printed') error('broken')")
        #expect(run.status == .exited(1) && run.output == "printed\n", "\(run)")
        #expect(run.error.hasPrefix("error[SP0202]: broken\n"), "\(run)")
        #expect(!run.error.contains(#/\n(logged|warning:)/#))
    }

    @Test("a failure among many items is counted, with the items that it stopped")
    func failure() async throws {
        let run = try await Self.user().sprun("run", "--simulate", "many.lua", "count=40", "fails=site-022")
        #expect(run.status == .exited(1))
        #expect(
            run.error.contains(#/\n\d\d/40 in \S+, 1 failed(, \d stopped)?\nerror\[SP0202\]: item 22 \(site-022\)/#),
            "\(run)")
    }

    @Test("many changes in a loop are counted, since their number is unknown")
    func loop() async throws {
        let code = """
            local server = sp.find_server{ name = "www1" }
            for i = 1, 30 do sp.create_sysuser{ serverid = server.id, name = "user" .. i } end
            """
        let run = try await User().sprun("run", "--simulate", "-e", code)
        let lines = run.error.split(separator: "\n").filter { !$0.hasPrefix("not waited for: ") }
        #expect(lines.count { $0.hasPrefix("+ system user user") } == 20, "\(run)")
        #expect(lines.suffix(2).first == "counting further changes; --verbose shows each", "\(run)")
        #expect(lines.last?.hasPrefix("30 created  ") == true)
    }

    @Test("on a terminal, a wait shows its limit and its line", arguments: [80, 200])
    func wait(columns: Int) async throws {
        let user = try User()
        try await Judge.with(.actionOpen, user) { judge in
            var environment = judge.environment
            environment["COLUMNS"] = String(columns)
            environment["NO_COLOR"] = "1"
            let run = try await user.sprunOnTerminal(
                ["run", "-e", "print(1)\nsp.wait('actX', { timeout = '3s' })"], environment: environment)
            #expect(run.status == .exited(8))
            let shown = run.output.split(separator: "\r").filter { $0.contains("waiting") }
            #expect(
                shown.contains {
                    $0.contains(
                        #/^\u{1B}\[K⠋ waiting( \ds)? for action actX, (next look in \ds|looks now), gives up in \ds \(line 2\)$/#
                    )
                },
                "\(run)")
            #expect(shown.allSatisfy { $0.drop { $0 == "\u{1B}" || $0 == "[" || $0 == "K" }.count < columns })
        }
    }

    @Test("on a dumb terminal, nothing is redrawn")
    func dumb() async throws {
        let user = try User()
        try await Judge.with(.actionOpen, user) { judge in
            var environment = judge.environment
            environment["TERM"] = "dumb"
            let run = try await user.sprunOnTerminal(
                ["run", "-e", "sp.wait('actX', { timeout = '2s' })"], environment: environment)
            #expect(!run.output.contains("\u{1B}") && !run.output.contains("⠋"), "\(run)")
        }
    }

    @Test("on a terminal, many items show a bar with the items below it, and it disappears at the end")
    func bar() async throws {
        let user = try User()
        try user.write("slow.lua", "sp.each({ 'a', 'b' }, print) \(Self.many)")
        let run = try await user.sprunOnTerminal(
            ["run", "--simulate", "slow.lua", "count=300", "busy=3000000"], environment: ["NO_COLOR": "1"])
        #expect(run.status == .exited(0))
        #expect(run.output.contains(#/\[#+-+\] \d+/300, /#), "\(run)")
        #expect(run.output.contains(#/\u{1B}\[K300/300 in \S+\r\n|\u{1B}\[J300/300 in \S+\r\n/#), "\(run)")
        #expect(!run.output.contains("+ system user"))
    }

    @Test("without a network, one line reports the trouble and one its end")
    func network() async throws {
        let environment = [
            "SERVERPILOT_API_URL": "http://127.0.0.1:9/v1", "SERVERPILOT_CLIENT_ID": "cid_x",
            "SERVERPILOT_API_KEY": "key",
        ]
        let user = try User()
        let run = try await user.sprun(
            "run", "--no-journal", "-e", "print(#sp.apps())", environment: environment)
        #expect(run.status == .exited(1))
        let lines = run.error.split(separator: "\n").filter { $0.hasPrefix("warning:") }
        #expect(lines.count == 2 && lines[0].contains("; retrying in "), "\(run)")
        #expect(lines[1].contains("; no reply after 6 tries in "), "\(run)")
        let quiet = try await user.sprun(
            "run", "-q", "--no-journal", "-e", "print(#sp.apps())", environment: environment)
        #expect(quiet.error.hasPrefix("error[SP0401]:"), "\(quiet)")
    }

    @Test("a plan's summary counts by server and kind, and lists no item")
    func summary() async throws {
        let user = try Self.user()
        let plan = try await user.sprun("plan", "--simulate", "--summary", "many.lua", "count=40")
        #expect(plan.status == .exited(0))
        #expect(
            plan.output.hasPrefix("www1\n  + 40 x system user\n\nPlan: 40 to add, 0 to change, 0 to delete."), "\(plan)"
        )
        let mixed = """
            sp.log("looking")
            local app = sp.find_app{ name = "oliveoil" }
            sp.update_app(app.id, { runtime = "php8.3" })
            sp.enable_autossl(app.id)
            for _, app in ipairs(sp.apps()) do sp.delete_app(app.id) end
            http.post_json("https://api.example/x", {}, { planned = { status = 200 } })
            """
        let other = try await user.sprun("plan", "--simulate", "--summary", "-e", mixed)
        for line in [
            "  ~ 1 x app", "  ~ 1 x AutoSSL of app", "  - 2 x app", "outside of ServerPilot", "  + 1 x http.post",
        ] {
            #expect(other.output.split(separator: "\n").contains(Substring(line)), "\(line) in \(other)")
        }
        #expect(!other.output.contains("oliveoil\n") && !other.error.contains("looking"), "\(other)")
    }

    @Test("a plan's summary counts the changes of all branches")
    func branches() async throws {
        let plan = try await User().sprun(
            "plan", "--simulate", "--summary", "demo-sites", "server=www1", "count=2", "domain=demo.example")
        let text = "If some of 2 conditions hold by then, up to:\n  ~ 2 x AutoSSL of app\n  ~ 2 x SSL of app\n\n"
        #expect(plan.output.contains(text), "\(plan)")
    }

    @Test("a deletion in a plan shows the name that the plan read, not the id")
    func plannedNames() async throws {
        let user = try User()
        let found = try await user.sprun(
            "run", "--simulate", "-e", "print(sp.find_app{ name = 'oliveoil' }.id)")
        let id = found.output.split(separator: "\n")[0]
        let run = try await user.sprun("run", "--simulate", "--confirm", "--yes", "-e", "sp.delete_app('\(id)')")
        #expect(run.error.contains("- app oliveoil  deleted  id=\(id)"), "\(run)")
    }
}
