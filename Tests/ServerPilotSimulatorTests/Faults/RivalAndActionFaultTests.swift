import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("Faults of the account", .timeLimit(.minutes(5)))
struct RivalAndActionFaultTests {
    /// The two ways, each with a client that has the credentials.
    private func call(
        _ way: Way, _ stage: Stage, _ name: Operation.Name, _ arguments: JSONObject
    ) async throws -> Result<Reply, ServerPilotError> {
        let operation = try #require(Operation.named(name))
        let results = Results()
        try await way.reach(stage) { transport in
            do throws(ServerPilotError) {
                let reply = try await Authorized(transport: transport, stage: stage).call(operation, arguments)
                await results.add(.success(reply))
            } catch {
                await results.add(.failure(error))
            }
        }
        return try #require(await results.all.first)
    }

    private actor Results {
        var all: [Result<Reply, ServerPilotError>] = []
        func add(_ result: Result<Reply, ServerPilotError>) { all.append(result) }
    }

    @Test("a slow action takes the given multiple of its time", arguments: Way.allCases)
    func slow(_ way: Way) async throws {
        let stage = try await FaultStage("create_sysuser=action_slow,factor=2.5", way: way)
        let reply = try await call(way, stage.stage, "create_sysuser", stage.arguments).get()
        let action = try #require(reply.actionID.flatMap { stage.stage.simulator.account.actions[$0] })
        #expect(action.duration == .seconds(25))
        #expect(stage.isDone)
    }

    @Test("an action ends in error; the account changes or not, as requested", arguments: Way.allCases, [true, false])
    func failed(_ way: Way, _ isDone: Bool) async throws {
        let stage = try await FaultStage("create_sysuser=action_error,effect=\(isDone ? "done" : "none")", way: way)
        let before = stage.stage.simulator.account.sysusers
        let reply = try await call(way, stage.stage, "create_sysuser", stage.arguments).get()
        #expect(reply.data["name"] == "acme")
        #expect(try await stage.stage.status(of: reply.actionID) == "open")
        #expect(stage.isDone == isDone)
        #expect((stage.stage.simulator.account.sysusers == before) == !isDone)
        try await stage.stage.wait(.seconds(100))
        #expect(try await stage.stage.status(of: reply.actionID) == "error")
        #expect(stage.stage.simulator.account.contradictions.isEmpty)
    }

    @Test("a server whose action fails without effect still exists, because the action belongs to it")
    func failedServer() async throws {
        let stage = try await FaultStage("create_server=action_error,effect=none")
        _ = try await stage.stage.call("create_server", ["name": "www2"])
        #expect(stage.stage.simulator.account.servers.count == 2)
        #expect(stage.stage.simulator.account.contradictions.isEmpty)
    }

    @Test("a rival that is faster makes a creation fail", arguments: Way.allCases)
    func rivalBefore(_ way: Way) async throws {
        let stage = try await FaultStage(
            #"create_sysuser=rival,call=create_sysuser,arguments={"serverid":"{serverid}","name":"{name}"}"#, way: way)
        let result = try await call(way, stage.stage, "create_sysuser", stage.arguments)
        #expect(throws: ServerPilotError.self) { try result.get() }
        #expect(stage.stage.simulator.account.sysusers.values.count { $0.name == "acme" } == 1)
        let record = try #require(stage.stage.log.all.last)
        #expect(record.status == 409)
        #expect(record.faults.last == "rival create_sysuser: done")
    }

    @Test("a rival deletes a new resource", arguments: Way.allCases)
    func rivalAfter(_ way: Way) async throws {
        let stage = try await FaultStage(
            #"create_sysuser=rival,when=after,call=delete_sysuser,arguments={"id":"{reply.id}"}"#, way: way)
        let reply = try await call(way, stage.stage, "create_sysuser", stage.arguments).get()
        #expect(reply.data["name"] == "acme")
        #expect(!stage.isDone)
    }

    @Test("a rival adds a domain between a read and the next write", arguments: Way.allCases)
    func rivalDomain(_ way: Way) async throws {
        let furnished = try await way.furnished()
        let stage = furnished.stage
        let fault = try Fault(
            text: #"app:1=rival,when=after,call=update_app,"#
                + #"arguments={"id":"{app:plain}","domains":["{current.domains}","rival.example"]}"#)
        stage.simulator.changeFaults { $0.add(FaultPlan([fault])) }
        let read = try await call(way, stage, "app", ["id": .string(furnished.app)]).get()
        let again = try await call(way, stage, "app", ["id": .string(furnished.app)]).get()
        let domains = { (reply: Reply) in Set(reply.data["domains"]?.arrayValue?.compactMap(\.stringValue) ?? []) }
        #expect(domains(read) == ["plain.example", "www.plain.example"])
        #expect(domains(again) == ["plain.example", "www.plain.example", "rival.example"])
        #expect(stage.log.all.last { !$0.faults.isEmpty }?.faults.last == "rival update_app: done")
    }

    @Test(
        "a rival call that fails is logged, and the client's call continues",
        arguments: [
            (#"call=delete_app,arguments={"id":"{app:none}"}"#, "not made, its arguments name nothing"),
            (#"call=delete_app,arguments={"id":"{reply.id}"}"#, "not made, its arguments name nothing"),
            (#"call=delete_app,arguments={"id":"{current.id}"}"#, "not made, its arguments name nothing"),
            (#"call=delete_app,arguments={"id":"nothing"}"#, "refused by app-exists"),
        ])
    func rivalFails(_ rival: String, _ told: String) async throws {
        let stage = try await FaultStage("create_sysuser=rival," + rival)
        _ = try await stage.create()
        #expect(stage.isDone)
        #expect(stage.stage.log.all.last?.faults.last == "rival delete_app: " + told)
    }

    @Test("several faults combine: delays add up, the first reply counts, and all rivals act")
    func several() async throws {
        let stage = try await FaultStage(
            "create_sysuser=delay,time=2s", "*=delay,time=3s", "create_sysuser=500,effect=done", "*=reply_lost",
            #"writes=rival,when=after,call=create_sshkey,arguments={"name":"{name}-key","public_key":"ssh-rsa AAAA"}"#)
        let error = await #expect(throws: ServerPilotError.self) { try await stage.create() }
        #expect(error?.status == 500)
        #expect(stage.elapsed == .seconds(5))
        #expect(stage.isDone)
        #expect(stage.stage.simulator.account.sshkeys.values.first?.name == "acme-key")
        #expect(stage.stage.log.all.last?.faults.count == 6)
    }

    @Test("servers connect after the delay of their names, and then start their actions", arguments: Way.allCases)
    func servers(_ way: Way) async throws {
        let plan = FaultPlan(connections: [
            .init("never*", after: nil), .init("www*", after: .seconds(90)),
        ])
        let stage = try await way.stage(faults: plan)
        var actions: [ActionID?] = []
        for name in ["www1", "never1", "other"] {
            actions.append(try await call(way, stage, "create_server", ["name": .string(name)]).get().actionID)
        }
        func statuses() async throws -> [String?] {
            var found: [String?] = []
            for action in actions { found.append(try await stage.status(of: action)) }
            return found
        }
        try await stage.wait(.seconds(89))
        #expect(stage.simulator.account.servers.values.allSatisfy { $0.connected == nil })
        try await stage.wait(.seconds(5))
        let server = try #require(stage.simulator.account.servers.values.first)
        #expect(server.connected == Stage.beginning + .seconds(90), "however late somebody looks")
        #expect(server.address?.hasPrefix("198.51.100.") == true)
        #expect(try await statuses() == ["open", "open", "open"])
        try await stage.wait(.seconds(6))
        #expect(try await statuses() == ["success", "open", "open"])
        try await stage.wait(.seconds(1_000_000))
        #expect(try await statuses() == ["success", "open", "open"])
    }

    @Test("a seed repeats random faults, account and log; another seed differs")
    func determinism() async throws {
        func history(_ seed: UInt64) async throws -> ([String], Account) {
            let faults = try ["writes:30%=reply_lost", "writes:20%=closed"].map { try Fault(text: $0) }
            let stage = Stage(seed: 5, faults: FaultPlan(faults))
            stage.simulator.changeFaults { faults in
                faults = FaultState(faults.plan, random: SeededRandom(seed: seed))
            }
            for number in 0..<60 {
                _ = try? await stage.call("create_server", ["name": .string("www\(number)")])
            }
            return (stage.log.all.map { "\($0.faults)" }, stage.simulator.account)
        }
        let seed = TestRandom.seed()
        let first = try await history(seed)
        let second = try await history(seed)
        #expect(first.0 == second.0)
        #expect(first.1 == second.1)
        #expect(try await history(seed &+ 1).0 != first.0)
        #expect(first.1.servers.count < 60)
    }
}
