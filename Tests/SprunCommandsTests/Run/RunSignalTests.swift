import Subprocess
import Testing

@Suite("A run that gets a signal")
struct RunSignalTests {
    /// Two changes, the first of which waits until the judge answers.
    private static let recipe = """
        local user, action = sp.create_sysuser{ serverid = "srvAAAAAAAAAAAA1", name = "acme" }
        sp.create_sysuser{ serverid = "srvAAAAAAAAAAAA1", name = "second" }
        """

    @Test(
        "finishes the current change, starts no other, and exits with the signal's status",
        arguments: [(Signal.interrupt, Int32(130)), (.terminate, 143), (.terminalClosed, 129)])
    func once(_ signal: Signal, _ status: Int32) async throws {
        let user = try User()
        try await Judge.with(.hold, user) { judge in
            let run = try await user.launch(["run", "-e", Self.recipe], environment: judge.environment).run {
                try await judge.says("change POST /v1/sysusers")
                try $0.send(signal)
                try await $0.error.contains("Finishing the current request")
                await judge.answer()
            }.program
            #expect(run.status == .exited(status), "\(run)")
            #expect(run.error.contains("+ system user acme  created  id=usrAAAAAAAAAAAA1"), "\(run)")
            #expect(run.error.contains("\ninterrupted at -e:1\n"), "\(run)")
            #expect(run.error.contains("1 created"))
            #expect(await judge.changes == ["change POST /v1/sysusers"])
        }
    }

    @Test("stops even if the recipe catches errors")
    func caught() async throws {
        let user = try User()
        let code = "while true do pcall(sp.wait, 'actX', { timeout = '1h' }) end"
        try await Judge.with(.actionOpen, user) { judge in
            let run = try await user.launch(["run", "-e", code], environment: judge.environment).run {
                try await judge.says("request GET /v1/actions/actX")
                try $0.send(.interrupt)
            }.program
            #expect(run.status == .exited(130), "\(run)")
        }
    }

    @Test(
        "ends at once after a second signal",
        arguments: [(Signal.interrupt, Int32(130)), (.terminate, 143), (.terminalClosed, 129)])
    func twice(_ signal: Signal, _ status: Int32) async throws {
        let user = try User()
        try await Judge.with(.hold, user) { judge in
            let run = try await user.launch(["run", "-e", Self.recipe], environment: judge.environment).run {
                try await judge.says("change POST /v1/sysusers")
                try $0.send(.interrupt)
                try await $0.error.contains("Press Ctrl-C again to quit now")
                try $0.send(signal)
            }.program
            // The judge never answered: nothing was waited for.
            #expect(run.status == .exited(status), "\(run)")
            #expect(!run.error.contains("created"))
            #expect(run.error.contains("\nStopped at once. Continue with: sprun resume "), "\(run)")
            #expect(await judge.changes.count == 1)
        }
    }

    @Test("survives the end of its terminal under nohup")
    func nohup() async throws {
        let user = try User()
        try await Judge.with(.hold, user) { judge in
            let launch = Launch(
                program: "/bin/sh", arguments: ["-c", "trap '' HUP; exec \"$SPRUN\" run -e \"$CODE\""],
                environment: user.environment(judge.environment).merging(
                    ["SPRUN": try Installation.sprun(), "CODE": "sp.create_sysuser{ serverid = 's', name = 'acme' }"]
                ) { $1 }, folder: user.folder, user: user)
            let run = try await launch.run {
                try await judge.says("change POST /v1/sysusers")
                try $0.send(.terminalClosed)
                await judge.answer()
            }.program
            #expect(run.status == .exited(0), "\(run)")
        }
    }

    @Test(
        "does not wait for a reader that stopped reading: it records the current change and releases the account",
        arguments: ["stdout", "stderr"])
    func stalledReader(_ stream: String) async throws {
        let user = try User()
        try user.write(
            "site.lua",
            """
            local server = sp.find_server{ name = "www1" }
            for i = 1, 12 do
                sp.create_sysuser{ serverid = server.id, name = "user" .. i }
                for k = 1, 300 do \(stream == "stdout" ? "print" : "sp.log")(("x"):rep(500)) end
            end
            """)
        _ = try await Simulation.with(user, ["--speed", "500"]) { simulation in
            let environment = simulation.environment
            let run = try await user.python(
                "stalled.py", [stream, try Installation.sprun(), "run", "site.lua"], environment: environment)
            #expect(run.output == "143\n", "\(run)")
            let runs = try await user.sprun("runs", "--json")
            #expect(runs.output.contains(#""status":"interrupted""#), "\(runs)")
            let next = try await user.sprun("run", "-e", "return { n = 1 }", environment: environment)
            #expect(next.status == .exited(0), "\(next)")
        }
    }

    @Test("stops waiting")
    func waiting() async throws {
        let user = try User()
        try await Judge.with(.actionOpen, user) { judge in
            let run = try await user.launch(["run", "-e", "sp.wait('actX')"], environment: judge.environment).run {
                try await judge.says("request GET /v1/actions/actX")
                try $0.send(.terminate)
            }.program
            #expect(run.status == .exited(143), "\(run)")
            #expect(run.error.contains("interrupted at -e:1\n"), "\(run)")
            #expect(await judge.changes == [])
        }
    }
}
