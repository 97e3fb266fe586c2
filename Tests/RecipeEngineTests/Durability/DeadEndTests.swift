import DurableSteps
import Groundwork
import HTTPTypes
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Synchronization
import Testing

/// Wherever a run stops, one of the ways that it names reaches the end once the cause is mended.
@Suite("A run that stopped", .timeLimit(.minutes(5)))
struct DeadEndTests {
    private static func faults(_ texts: String...) throws -> FaultPlan {
        FaultPlan(try texts.map { try Fault(text: $0) })
    }

    /// What somebody else does meanwhile.
    @discardableResult
    private static func rival(
        _ runner: DurableRunner, _ operation: ServerPilot.Operation.Name, _ arguments: JSONObject
    ) async throws -> JSONValue {
        try await runner.serverPilot.transport.call(try #require(Operation.named(operation)), arguments).data
    }

    private static func id(_ runner: DurableRunner, server name: String) throws -> JSONValue {
        .string(try #require(runner.serverPilot.account.servers.values.first { $0.name == name }).id.rawValue)
    }

    /// A refusal that the recipe caught and then failed by, after it had read something else.
    private static let caught = """
        local server = sp.find_server{ name = "www1" }
        sp.create_sysuser{ serverid = server.id, name = "first" }
        local ok, problem = pcall(sp.create_sysuser, { serverid = server.id, name = "acme" })
        local users = sp.sysusers()
        if not ok then error("no acme: " .. problem.message) end
        return { users = #users > 2 }
        """

    @Test("because a name was taken creates the resource on resume once the name is free")
    func conflict() async throws {
        let runner = DurableRunner(Self.caught)
        let server = try Self.id(runner, server: "www1")
        let taken = try await Self.rival(runner, "create_sysuser", ["serverid": server, "name": "acme"])
        let first = try await runner.live()
        #expect(first.failure?.code == "lua_error" && first.changes.count == 1)
        let again = try await runner.live()
        #expect(again.failure?.code == "lua_error" && again.changes.isEmpty, "the name is still taken")
        try await Self.rival(runner, "delete_sysuser", ["id": try #require(taken["id"])])
        let last = try await runner.live()
        #expect(last.failure == nil, "\(last.failure?.description ?? "")")
        #expect(last.changes == ["POST /sysusers 200"] && last.result == ["users": true])
    }

    @Test(
        "because of a caught rejection or failed read sends the request again",
        arguments: [
            "create_sysuser:2=401", "create_sysuser:2=402", "create_sysuser:2=403", "create_sysuser:2=404",
            "create_sysuser:2=409", "create_sysuser:2=400",
        ])
    func refused(_ fault: String) async throws {
        let runner = DurableRunner(Self.caught, faults: try Self.faults(fault))
        #expect(try await runner.live().failure?.code == "lua_error")
        let second = try await runner.live()
        #expect(second.failure == nil, "\(second.failure?.description ?? "")")
        #expect(second.changes == ["POST /sysusers 200"])
    }

    @Test(
        "because of a caught failed read reads again", arguments: ["401", "403", "404", "503", "closed"])
    func failedRead(_ kind: String) async throws {
        let runner = DurableRunner(
            """
            local server = sp.find_server{ name = "www1" }
            local user = sp.create_sysuser{ serverid = server.id, name = "acme" }
            local ok, problem = pcall(sp.apps)
            sp.sshkeys()
            if not ok then error(problem.message) end
            return { user = user.name }
            """, faults: try Self.faults("apps:first-3=\(kind)"))
        var lives = 0
        var last = try await runner.live()
        #expect(last.failure?.code == "lua_error")
        while last.failure != nil, lives < 3 {
            last = try await runner.live()
            #expect(last.changes.isEmpty)
            lives += 1
        }
        #expect(last.failure == nil, "\(last.failure?.description ?? "")")
        #expect(last.result == ["user": "acme"])
    }

    @Test("because of its own error reads again on request and can take another branch")
    func ownError() async throws {
        let runner = DurableRunner(
            """
            local server = sp.find_server{ name = "www1" }
            local user, action = sp.create_sysuser{ serverid = server.id, name = "acme" }
            sp.wait(action)
            local key = sp.find_sshkey{ name = "deploy" }
            if not key then sp.time() sp.random(9) error("no key yet") end
            sp.add_sysuser_sshkey(user.id, key.id)
            return { user = user.name }
            """)
        for _ in 0..<2 {
            let life = try await runner.live()
            #expect(life.failure?.message.contains("no key yet") == true)
        }
        try await Self.rival(runner, "create_sshkey", ["name": "deploy", "public_key": "ssh-ed25519 AAAAdeploy"])
        let replayed = try await runner.live()
        #expect(replayed.failure?.code == "lua_error" && replayed.requests == [], "what is recorded is given back")
        #expect(try await runner.store.entries(of: runner.header.id).stumblingBlock == nil)
        let last = try await runner.live(decision: Self.skip)
        #expect(last.failure == nil, "\(last.failure?.description ?? "")")
        #expect(last.changes.count == 1 && last.result == ["user": "acme"])
        #expect(!last.requests.contains { $0.contains("/actions/") }, "the wait is not waited again")
    }

    @Test("and took another branch on resume can crash anywhere and resume again")
    func dyingOnAnotherWay() async throws {
        let lua = """
            local server = sp.find_server{ name = "www1" }
            sp.create_sysuser{ serverid = server.id, name = "acme" }
            local key = sp.find_sshkey{ name = "deploy" }
            if not key then sp.apps() sp.dbs() error("no key yet") end
            sp.create_sysuser{ serverid = server.id, name = "more" }
            sp.create_sysuser{ serverid = server.id, name = "most" }
            return { key = key.name }
            """
        for moment in 1...30 {
            let runner = DurableRunner(lua)
            #expect(try await runner.live().failure?.code == "lua_error")
            try await Self.rival(runner, "create_sshkey", ["name": "deploy", "public_key": "ssh-ed25519 AAAAdeploy"])
            let fate = Fate(dyingAt: moment)
            _ = try await runner.live(fate, decision: Self.skip)
            // Once it is written that the run reads again, that counts for later lives too.
            let isWritten = try await runner.store.entries(of: runner.header.id).last?.kind != .ended
            let last = fate.isDead ? try await runner.live(decision: isWritten ? nil : Self.skip) : nil
            #expect(last == nil || last?.failure == nil, "\(moment): \(last?.failure?.description ?? "")")
            for name in ["acme", "more", "most"] {
                #expect(runner.picture.count { $0.contains("/\(name) ") } == 1, "\(moment): \(name)")
            }
            if !fate.isDead { return }
        }
        Issue.record("it never came to its end undisturbed")
    }

    @Test("because of a rejection, and was killed before the end was recorded, is retried too")
    func killedAfterRefusal() async throws {
        let lua = #"return { id = sp.create_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" }.name }"#
        let fate = Fate()
        let whole = DurableRunner(lua, faults: try Self.faults("create_sshkey:1=402"))
        #expect(try await whole.live(fate).failure?.code == "payment_required")
        let runner = DurableRunner(lua, faults: try Self.faults("create_sshkey:1=402"))
        _ = try await runner.live(Fate(dyingAt: fate.moments - 1))
        #expect(try await runner.store.entries(of: runner.header.id).last?.kind == .outcome)
        let last = try await runner.live()
        #expect(last.result == ["id": "deploy"], "\(last.failure?.description ?? "")")
    }

    // MARK: Skip

    private static let skip = EffectDecision(.skip)

    @Test("at an action that ended in error fails again on resume, and continues with --skip")
    func failedAction() async throws {
        let runner = DurableRunner(
            """
            local server = sp.find_server{ name = "www1" }
            local user, action = sp.create_sysuser{ serverid = server.id, name = "acme" }
            sp.wait(action)
            return { user = user.name }
            """, faults: try Self.faults("create_sysuser:1=action_error"))
        for _ in 0..<2 { #expect(try await runner.live().failure?.code == "action_failed") }
        let last = try await runner.live(decision: Self.skip)
        #expect(last.failure == nil && last.posts == [], "\(last.failure?.description ?? "")")
        #expect(last.result == ["user": "acme"])
        #expect(try await runner.store.entries(of: runner.header.id).contains(where: \.wasSkipped))
    }

    @Test("at an action that no longer exists continues with --skip")
    func unknownAction() async throws {
        let runner = DurableRunner(
            """
            local server = sp.find_server{ name = "www1" }
            local user = sp.ensure_sysuser{ serverid = server.id, name = "acme" }
            return { user = user.name }
            """, faults: try Self.faults("action=404"))
        for _ in 0..<2 { #expect(try await runner.live().failure?.code == "not_found") }
        let last = try await runner.live(decision: Self.skip)
        #expect(last.failure == nil && last.posts == [], "\(last.failure?.description ?? "")")
    }

    @Test("at a change of a deleted resource continues with --skip, and the change is not counted")
    func goneMeanwhile() async throws {
        // A deletion of what is gone is done: `EnsureAbsentTests`.
        for change in ["sp.update_app(app.id, { runtime = \"php8.3\" })"] {
            let runner = DurableRunner(
                """
                local app = sp.find_app{ name = "oliveoil" }
                sp.create_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" }
                \(change)
                return { app = app.name }
                """, faults: try Self.faults("create_sshkey:1=402"))
            #expect(try await runner.live().failure?.code == "payment_required")
            let app = try #require(runner.serverPilot.account.apps.values.first { $0.name == "oliveoil" })
            // The recipe reads again from its last change on, of which there is none yet: the first life read it for nothing.
            let seen = try await runner.live(
                decision: nil,
                transport: { base in
                    WatchedTransport(base: base) { [transport = runner.serverPilot.transport] request in
                        guard request.path == "/sshkeys", request.method == .post,
                            let delete = Operation.named("delete_app")
                        else { return }
                        _ = try? await transport.call(delete, ["id": .string(app.id.rawValue)])
                    }
                })
            #expect(seen.failure?.code == "not_found", "\(change): \(seen.failure?.description ?? "done")")
            #expect(try await runner.live().failure?.code == "not_found")
            let last = try await runner.live(decision: Self.skip)
            #expect(last.failure == nil, "\(change): \(last.failure?.description ?? "")")
            #expect(last.posts == [] && last.summary?.changes == 0, "\(change)")
            #expect(try await runner.store.runs().first?.changes == 1, "\(change): the key alone")
        }
    }

    @Test("at a rejected creation continues with --skip if the recipe handles the error")
    func refusedCreation() async throws {
        let runner = DurableRunner(
            """
            local ok, key = pcall(sp.create_sshkey, { name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" })
            if not ok and key.code ~= "skipped" then error(key) end
            return { ok = ok }
            """, faults: try Self.faults("create_sshkey=402"))
        #expect(try await runner.live().failure != nil)
        let last = try await runner.live(decision: Self.skip)
        #expect(last.failure == nil && last.posts == [], "\(last.failure?.description ?? "")")
        #expect(last.result == ["ok": false])
    }

    @Test("because of its own error runs again, with or without --skip")
    func nothingToSkip() async throws {
        let runner = DurableRunner(
            """
            sp.create_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" }
            if #sp.sshkeys() < 2 then error("too few") end
            return { done = true }
            """)
        #expect(try await runner.live().failure?.code == "lua_error")
        try await Self.rival(runner, "create_sshkey", ["name": "more", "public_key": "ssh-ed25519 AAAAmore"])
        let last = try await runner.live(decision: Self.skip)
        #expect(last.failure == nil && last.result == ["done": true], "\(last.failure?.description ?? "")")
    }

    // MARK: What is kept

    @Test("lists the choices with their ids, so that they can be printed as commands")
    func choices() async throws {
        let runner = DurableRunner(
            #"return { id = sp.create_server{ name = "www9" }.id }"#,
            faults: try Self.faults("create_server:1=reply_lost"))
        let life = try await runner.live()
        #expect(life.failure?.choices == [EffectDecision(.recreate), EffectDecision(.skip)])
        let entries = try await runner.store.entries(of: runner.header.id)
        #expect(entries.openQuestion?.stop?.decisions == life.failure?.choices)
    }

    @Test("the result of a run that is done is in its journal, secrets included")
    func result() async throws {
        let runner = DurableRunner(
            """
            local user = sp.find_sysuser{ name = "olive" }
            sp.update_sysuser(user.id, { password = sp.secret("db") })
            return { password = sp.secret("db"), list = { 1, 2 } }
            """)
        let life = try await runner.live()
        let entries = try await runner.store.entries(of: runner.header.id)
        #expect(life.result?["password"]?.stringValue?.count == 24)
        #expect(entries.result == life.result)
        let failed = DurableRunner(
            #"sp.create_sshkey{ name = "k", public_key = "ssh-rsa AAAA" } sp.result{ half = true } error("not done")"#)
        _ = try await failed.live()
        #expect(try await failed.store.entries(of: failed.header.id).result == nil)
    }
}
