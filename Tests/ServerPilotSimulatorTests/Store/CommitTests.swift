import Groundwork
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("Replies wait for the store", .timeLimit(.minutes(5)))
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

    @Test("neither the writer nor a reader of a change gets a reply before the change is durable")
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

    @Test("changes that arrive during a commit go into the next commit together")
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

    @Test("a change that could not be stored gets a 500, and the next commit includes it")
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

    @Test("a read of an unstored change fails, and succeeds once the change is stored")
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

    @Test("a read and a rejected call write nothing")
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
