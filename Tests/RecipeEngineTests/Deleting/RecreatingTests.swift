import DurableSteps
import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import Testing

@Suite("A server record whose key was lost")
struct RecreatingTests {
    private static let lua = #"local s = sp.create_server{ name = "www9" } return { key = s.apikey }"#

    /// A run that has stopped because the reply to the creation of `www9` was lost, and the record's id.
    private static func stopped() async throws -> (runner: DurableRunner, id: ServerID) {
        let faults = FaultPlan([try Fault(text: "create_server:1=reply_lost")])
        let runner = DurableRunner(lua, faults: faults)
        let life = try await runner.live()
        try #require(life.failure?.code == "undecided", "\(life)")
        return (runner, try #require(runner.serverPilot.account.servers.values.first { $0.name == "www9" }).id)
    }

    private static func recreate(_ id: ServerID) -> EffectDecision { EffectDecision(.recreate, id: id.rawValue) }

    @Test("is recreated after a confirmed decision")
    func recreated() async throws {
        let (runner, id) = try await Self.stopped()
        let life = try await runner.live(decision: Self.recreate(id), mayDelete: { _ in .yes })
        #expect(life.failure == nil && life.result?["key"]?.stringValue != nil, "\(life)")
        #expect(life.changes == ["DELETE /servers/\(id) 200", "POST /servers 200"])
        #expect(life.summary?.deleted == 1 && life.summary?.created == 1)
        #expect(runner.serverPilot.account.servers.values.count { $0.name == "www9" } == 1)
    }

    @Test("is kept once the server has connected, and can be adopted")
    func connected() async throws {
        let (runner, id) = try await Self.stopped()
        runner.serverPilot.connect(id)
        let life = try await runner.live(decision: Self.recreate(id))
        #expect(life.failure?.code == "undecided" && life.posts == [], "\(life)")
        #expect(life.failure?.message.contains("the server www9 (\(id)) has connected") == true)
        #expect(life.failure?.hint == "resume the run with one of: --adopt ID, --skip")
        let adopted = try await runner.live(decision: EffectDecision(.adopt, id: id.rawValue))
        #expect(adopted.failure == nil && adopted.posts == [], "\(adopted)")
    }

    @Test("is kept if the server connects during the question")
    func connectedMeanwhile() async throws {
        let (runner, id) = try await Self.stopped()
        let life = try await runner.live(
            decision: Self.recreate(id),
            mayDelete: { [serverPilot = runner.serverPilot] _ in
                serverPilot.connect(id)
                return .yes
            })
        #expect(life.failure?.code == "undecided" && life.posts == [], "\(life)")
        #expect(runner.serverPilot.account.servers[id] != nil)
    }

    @Test("is kept if a client uses it")
    func used() async throws {
        let (runner, id) = try await Self.stopped()
        let create = try #require(Operation.named("create_sysuser"))
        _ = try await runner.serverPilot.transport.call(
            create, ["serverid": .string(id.rawValue), "name": "client"])
        let life = try await runner.live(decision: Self.recreate(id))
        #expect(life.failure?.message.contains("1 system user (client)") == true, "\(life)")
        #expect(runner.serverPilot.account.servers[id] != nil)
    }

    @Test("is kept if it cannot be read")
    func unreadable() async throws {
        let faults = FaultPlan(try ["create_server:1=reply_lost", "server=500"].map { try Fault(text: $0) })
        let runner = DurableRunner(Self.lua, faults: faults)
        _ = try await runner.live()
        let id = try #require(runner.serverPilot.account.servers.values.first { $0.name == "www9" }).id
        let life = try await runner.live(decision: Self.recreate(id))
        #expect(life.failure != nil && life.posts == [], "\(life)")
    }

    @Test("is not deleted without a question", arguments: [(DeletionAnswer.nobody, "unconfirmed"), (.no, "declined")])
    func unconfirmed(_ answer: DeletionAnswer, _ code: String) async throws {
        let (runner, id) = try await Self.stopped()
        let life = try await runner.live(decision: Self.recreate(id), mayDelete: { _ in answer })
        #expect(life.failure?.code == code && life.posts == [], "\(life)")
        // The question is open still.
        let confirmed = try await runner.live(decision: Self.recreate(id))
        #expect(confirmed.failure == nil, "\(confirmed)")
    }

    @Test("counts against the limit of deletions")
    func limited() async throws {
        let (runner, id) = try await Self.stopped()
        var limits = RunLimits()
        limits.deletions = 0
        let life = try await runner.live(decision: Self.recreate(id), limits: limits)
        #expect(life.failure?.code == "too_many_changes" && life.posts == [], "\(life)")
    }
}
