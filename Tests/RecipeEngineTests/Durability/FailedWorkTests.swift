import DurableSteps
import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// What was made and whose work on the server ended in error: the journal remembers what the account does not tell.
@Suite("A creation whose action ended in error")
struct FailedWorkTests {
    private static let lua = """
        local server = sp.find_server{ name = "www1" }
        local user, status = sp.ensure_sysuser{ serverid = server.id, name = "acme" }
        return { status = status }
        """

    private static func failed() async throws -> DurableRunner {
        let runner = DurableRunner(lua, faults: FaultPlan([try Fault(text: "create_sysuser:1=action_error")]))
        #expect(try await runner.live().failure?.code == "action_failed")
        return runner
    }

    private static func work(_ runner: DurableRunner) async throws -> [FailedWork] {
        try await runner.store.entries(of: runner.header.id).failedWork(of: runner.header.id)
    }

    @Test("is remembered with its run, action and id until a person accepts it")
    func remembered() async throws {
        let runner = try await Self.failed()
        let work = try #require(try await Self.work(runner).first)
        let user = try #require(runner.serverPilot.account.sysusers.values.first { $0.name == "acme" })
        #expect(work.id == user.id.rawValue && work.object == "acme" && work.operation == "create_sysuser")
        #expect(work.run == runner.header.id && !work.action.isEmpty)
        #expect(try await runner.live(decision: EffectDecision(.skip)).failure == nil)
        #expect(try await Self.work(runner) == [])
    }

    @Test("is neither unchanged nor a plain conflict for a later run")
    func notUnchanged() async throws {
        let runner = try await Self.failed()
        let work = try await Self.work(runner)
        let create = Self.lua.replacing("ensure_sysuser", with: "create_sysuser")
        for lua in [Self.lua, create] {
            let later = DurableRunner(
                lua, account: runner.serverPilot.account,
                surroundings: { _ in
                    var surroundings = RecipeSurroundings()
                    surroundings.failedWork = work
                    return surroundings
                })
            let life = try await later.live()
            #expect(life.failure?.code == "failed_before", "\(life.failure?.description ?? "unchanged")")
            #expect(life.failure?.message.contains(try #require(work.first).action) == true)
            let hint = try #require(life.failure?.hint)
            #expect(hint.contains("sprun undo test") && hint.contains("sprun resume test --skip"), "\(hint)")
            #expect(life.changes == [])
        }
        let without = DurableRunner(Self.lua, account: runner.serverPilot.account)
        #expect(try await without.live().result == ["status": "unchanged"], "no journal tells of it")
    }

    @Test("is resolved when a later action on it succeeds or it is deleted")
    func over() async throws {
        let lua = """
            local server = sp.find_server{ name = "www1" }
            local user = sp.create_sysuser{ serverid = server.id, name = "acme" }
            local app, action = sp.create_app{ name = "acme", sysuserid = user.id, runtime = "php8.3" }
            pcall(sp.wait, action)
            """
        for end in ["local _, a = sp.update_app(app.id, { runtime = \"php8.4\" }) sp.wait(a)", "sp.delete_app(app.id)"]
        {
            let runner = DurableRunner(
                lua + "\n" + end, faults: FaultPlan([try Fault(text: "create_app:1=action_error")]))
            #expect(try await runner.live().failure == nil)
            #expect(try await Self.work(runner) == [], "\(end)")
        }
        let runner = DurableRunner(lua, faults: FaultPlan([try Fault(text: "create_app:1=action_error")]))
        #expect(try await runner.live().failure == nil)
        #expect(try await Self.work(runner).map(\.object) == ["acme"])
    }
}
