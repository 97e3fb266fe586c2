import Groundwork
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("Nobody is told what is not stored", .timeLimit(.minutes(5)))
struct CommitTests {
    private static func simulator(
        _ store: StagedStore, _ log: Recorder<RequestRecord> = Recorder()
    ) -> SimulatedServerPilot {
        SimulatedServerPilot(
            account: Account(), random: SeededRandom(seed: 1), time: VirtualClock(now: Stage.beginning),
            credentials: AccountCredentials(clientID: "cid_test", apiKey: Secret("test-api-key")), store: store,
            observer: { log.add($0) })
    }

    private static func call(
        _ simulator: SimulatedServerPilot, _ name: Operation.Name, _ arguments: JSONObject = [:]
    ) async throws -> Reply {
        try await simulator.transport.call(try #require(Operation.named(name)), arguments)
    }

    @Test("neither who changed something nor who reads it is answered before it is durable")
    func waits() async throws {
        let store = StagedStore()
        let simulator = Self.simulator(store)
        store.hold()
        let order = Recorder<String>()
        async let change: Void = {
            _ = try await Self.call(simulator, "create_server", ["name": "www1"])
            order.add("changed")
        }()
        await store.commitWaits()
        async let read: Void = {
            let servers = try await Self.call(simulator, "servers")
            #expect(servers.data.arrayValue?.count == 1)
            order.add("read")
        }()
        // Whoever could have been answered by now has had the time for it.
        for _ in 0..<200 { await Task.yield() }
        #expect(order.all == [])
        store.letGo()
        _ = try await (change, read)
        #expect(Set(order.all) == ["changed", "read"])
        #expect(store.commits.count == 1)
    }

    @Test("what arrives while a commit runs goes into the next one together")
    func together() async throws {
        let store = StagedStore()
        let simulator = Self.simulator(store)
        store.hold()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await Self.call(simulator, "create_server", ["name": "first"]) }
            await store.commitWaits()
            for number in 0..<50 {
                group.addTask { _ = try await Self.call(simulator, "create_server", ["name": .string("s\(number)")]) }
            }
            while simulator.account.servers.count < 51 { await Task.yield() }
            store.letGo()
            try await group.waitForAll()
        }
        #expect(store.commits.count == 2)
        // Each server with its user and its action.
        #expect(store.commits.map(\.records.count) == [3, 150])
    }

    @Test("a change that could not be stored is answered with 500, and the next commit has it all the same")
    func failure() async throws {
        let store = StagedStore()
        let log = Recorder<RequestRecord>()
        let simulator = Self.simulator(store, log)
        store.fail(2)
        for name in ["www1", "www2"] {
            let error = await #expect(throws: ServerPilotError.self) {
                try await Self.call(simulator, "create_server", ["name": .string(name)])
            }
            #expect(error?.code == .serverFault)
        }
        _ = try await Self.call(simulator, "create_server", ["name": "www3"])
        #expect(store.commits.map(\.records.count) == [9])
        #expect(log.all.map(\.status) == [500, 500, 200])
        #expect(log.all.map(\.ruleID) == ["request-stored", "request-stored", nil])
    }

    @Test("a read that tells of what is not stored fails, one after it was stored does not")
    func failedRead() async throws {
        let store = StagedStore()
        let simulator = Self.simulator(store)
        store.fail(2)
        await #expect(throws: ServerPilotError.self) {
            try await Self.call(simulator, "create_server", ["name": "www1"])
        }
        await #expect(throws: ServerPilotError.self) { try await Self.call(simulator, "servers") }
        #expect(try await Self.call(simulator, "servers").data.arrayValue?.count == 1)
        #expect(store.commits.count == 1)
    }

    @Test("a read, and a call that is refused, write nothing")
    func nothing() async throws {
        let store = StagedStore()
        let simulator = Self.simulator(store)
        _ = try await Self.call(simulator, "servers")
        await #expect(throws: ServerPilotError.self) {
            try await Self.call(simulator, "create_server", ["name": "-"])
        }
        #expect(store.commits.isEmpty)
    }
}
