import Subprocess
import Testing

@Suite("A new simulated account for a run")
struct FreshAccountTests {
    private static let count = "return #sp.servers()"

    @Test("--seed-account and --seed use a new account and keep nothing")
    func fresh() async throws {
        let user = try User()
        try user.write("account.lua", "return { servers = { { name = 'only' } } }")
        let create = "sp.create_sysuser{ serverid = sp.servers()[1].id, name = 'acme' } return sp.servers()[1].name"
        for _ in 1...2 {
            let run = try await user.sprun("run", "--simulate", "--seed-account", "account.lua", "-e", create)
            #expect(run.status == .exited(0) && run.output == "only\n", "\(run)")
        }
        let kept = try await user.sprun("run", "--simulate", "-e", Self.count)
        #expect(kept.output == "2\n")
        let ids = "return sp.servers()[1].id"
        let first = try await user.sprun("run", "--simulate", "--seed", "7", "-e", ids)
        let again = try await user.sprun("run", "--simulate", "--seed", "7", "-e", ids)
        let other = try await user.sprun("run", "--simulate", "--seed", "8", "-e", ids)
        #expect(first.output == again.output && first.output != other.output, "\(first)\(again)\(other)")
    }

    @Test("--fault affects the requests of the run: some are repeated, others end it")
    func faults() async throws {
        let user = try User()
        let create = "sp.create_sysuser{ serverid = sp.servers()[1].id, name = 'acme' } return #sp.sysusers()"
        let retried = try await user.sprun(
            "run", "--simulate", "--seed", "1", "--fault", "servers:1=503", "-e", create)
        #expect(retried.status == .exited(0) && retried.error.contains("  5 requests"), "\(retried)")
        let failed = try await user.sprun(
            "run", "--simulate", "--seed", "1", "--fault", "create_sysuser:1=402", "-e", create)
        #expect(failed.status == .exited(1) && failed.error.contains("error[SP0303]"), "\(failed)")
        let plan = try await user.sprun(
            "plan", "--simulate", "--seed", "1", "--fault", "servers:1=503", "-e", create)
        #expect(plan.status == .exited(0) && plan.output.contains("1 to add"), "\(plan)")
    }

    @Test(
        "these options need --simulate",
        arguments: [["--seed", "1"], ["--fault", "servers:1=503"], ["--seed-account", "a"]])
    func refused(_ options: [String]) async throws {
        let run = try await User().launch(["run"] + options + ["-e", "return 1"]).run()
        #expect(run.status == .exited(64) && run.error.contains("need --simulate"), "\(run)")
    }

    @Test("sprun simulate --reset replaces the account that runs keep")
    func reset() async throws {
        let user = try User()
        _ = try await user.sprun("run", "--simulate", "-e", "sp.delete_server(sp.servers()[1].id)")
        #expect(try await user.sprun("run", "--simulate", "-e", Self.count).output == "1\n")
        let reset = try await user.sprun("simulate", "--reset")
        #expect(reset.status == .exited(0) && reset.error.contains(": 2 servers, 2 apps\n"), "\(reset)")
        #expect(try await user.sprun("run", "--simulate", "-e", Self.count).output == "2\n")
        try user.write("account.lua", "return { servers = { { name = 'only' } } }")
        let seeded = try await user.sprun("simulate", "--reset", "--seed-account", "account.lua")
        #expect(seeded.status == .exited(0), "\(seeded)")
        #expect(try await user.sprun("run", "--simulate", "-e", Self.count).output == "1\n")
        let store = try await user.sprun("simulate", "--reset", "--store", "a.db")
        #expect(store.status == .exited(64) && !user.has("a.db"), "\(store)")
    }
}
