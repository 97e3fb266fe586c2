import DurableSteps
import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// Several coroutines of a run that stop or fail at once, and are resumed.
@Suite("Concurrent failures", .timeLimit(.minutes(5)))
struct SideBySideTests {
    private static func runner(_ lua: String, _ faults: String..., isUnique: Bool = true) throws -> DurableRunner {
        var random = SeededRandom(seed: 5)
        var settings = AccountSettings()
        if !isUnique { try settings.rules.set("server-name-unique", on: false) }
        let account = Account.demo(at: RecipeStage.start, random: &random, settings: settings)
        return DurableRunner(lua, account: account, faults: FaultPlan(try faults.map { try Fault(text: $0) }))
    }

    private static let both = """
        sp.all{
            function() return sp.create_server{ name = "www9" } end,
            function() return sp.create_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" } end,
        }
        """

    @Test("a decision applies to the reported step, whichever step is reached first", arguments: [true, false])
    func decisions(isUnique: Bool) async throws {
        let runner = try Self.runner(
            Self.both, "create_server:1=reply_lost", "create_sshkey:1=closed", isUnique: isUnique)
        var life = try await runner.live()
        var decisions = 0
        while let failure = life.failure, decisions < 5 {
            #expect(failure.code == "undecided", "\(failure)")
            let isServer = failure.message.contains("create_server")
            let server = runner.serverPilot.account.servers.values.first { $0.name == "www9" }
            life = try await runner.live(decision: EffectDecision(.recreate, id: isServer ? server?.id.rawValue : nil))
            decisions += 1
        }
        #expect(life.failure == nil)
        #expect(decisions == 2)
        #expect(runner.serverPilot.account.servers.values.count { $0.name == "www9" } == 1)
        #expect(runner.serverPilot.account.sshkeys.count == 1)
    }

    @Test("a failed step is retried, even if another coroutine ended later")
    func triedAgain() async throws {
        let runner = try Self.runner(
            """
            local id = sp.find_server{ name = "www1" }.id
            sp.all{
                function() return sp.create_sysuser{ serverid = id, name = "acme" } end,
                function() return sp.create_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" } end,
            }
            """, "create_sysuser:1=402", "create_sshkey:1=delay,time=100s")
        let first = try await runner.live()
        #expect(first.failure?.code == "payment_required", "\(first.failure?.description ?? "")")
        let second = try await runner.live()
        #expect(second.failure == nil, "\(second.failure?.description ?? "")")
        #expect(second.changes == ["POST /sysusers 200"])
        #expect(runner.serverPilot.account.sshkeys.count == 1)
    }

    @Test("a caught failure stays recorded, also before concurrent steps")
    func caught() async throws {
        let runner = try Self.runner(
            """
            local server = sp.find_server{ name = "www1" }
            local ok, problem = pcall(sp.create_sysuser, { serverid = server.id, name = "olive" })
            sp.each({ "one", "two" }, function(name) return sp.create_sysuser{ serverid = server.id, name = name } end)
            error(tostring(problem.status))
            """)
        _ = try await runner.live()
        let second = try await runner.live()
        #expect(second.failure?.message.contains("409") == true)
        #expect(second.posts == [])
    }

    @Test("a resource that does not match the request is not adopted")
    func adoption() async throws {
        let runner = try Self.runner(
            #"return sp.create_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" }"#,
            "create_sshkey:1=closed")
        _ = try await runner.live()
        let other = try await runner.serverPilot.transport.call(
            try #require(Operation.named("create_sshkey")), ["name": "other", "public_key": "ssh-ed25519 AAAAother"])
        let life = try await runner.live(decision: EffectDecision(.adopt, id: other.data["id"]?.stringValue))
        #expect(life.failure?.code == "undecided")
        #expect(life.failure?.message.contains("does not match the request") == true)
        #expect(life.posts == [])
    }

    @Test("a server that could not be deleted is not created again")
    func deletion() async throws {
        let runner = try Self.runner(
            #"return sp.create_server{ name = "www9" }"#, "create_server:1=reply_lost", "delete_server:1=503",
            isUnique: false)
        _ = try await runner.live()
        let lost = try #require(runner.serverPilot.account.servers.values.first { $0.name == "www9" }).id.rawValue
        let life = try await runner.live(decision: EffectDecision(.recreate, id: lost))
        #expect(life.failure?.code == "unfinished_change", "\(life.failure?.description ?? "")")
        #expect(runner.serverPilot.account.servers.values.count { $0.name == "www9" } == 1)
    }

    @Test("a change that was rejected and then started again is looked up, not repeated")
    func refusedThenBegun() async throws {
        // At one of these the request was done, and nobody heard of it.
        for moment in 1...6 {
            let runner = try Self.runner(
                #"return sp.create_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" }"#,
                "create_sshkey:1=402")
            #expect(try await runner.live().failure?.code == "payment_required")
            _ = try await runner.live(Fate(dyingAt: moment))
            let was = runner.serverPilot.account.sshkeys.count
            var life = try await runner.live()
            if life.failure?.code == "undecided" {
                #expect(was == 0, "died at \(moment)")
                life = try await runner.live(decision: EffectDecision(.recreate))
            }
            #expect(life.failure == nil, "died at \(moment): \(life.failure?.description ?? "")")
            #expect(runner.serverPilot.account.sshkeys.count == 1, "died at \(moment)")
        }
    }

    @Test("a person can adopt a resource that differs, if its natural key matches")
    func differing() async throws {
        let runner = try Self.runner(
            #"return sp.create_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" }"#)
        let rename = try #require(Operation.named("rename_sshkey"))
        // Renamed by somebody else while the answer was lost.
        let life = try await runner.live(Fate(dyingAt: 6))
        #expect(life.failure != nil)
        let id = try #require(runner.serverPilot.account.sshkeys.keys.first).rawValue
        _ = try await runner.serverPilot.transport.call(rename, ["id": .string(id), "name": "renamed"])
        #expect(try await runner.live().failure?.code == "undecided")
        let adopted = try await runner.live(decision: EffectDecision(.adopt, id: id))
        #expect(adopted.failure == nil, "\(adopted.failure?.description ?? "")")
        #expect(runner.serverPilot.account.sshkeys.count == 1)
    }
}
