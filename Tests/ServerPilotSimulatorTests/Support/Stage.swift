import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import SprunTesting

/// A simulated ServerPilot with a virtual clock, and what was asked of it.
struct Stage: Sendable {
    /// When every stage begins.
    static let beginning = Timestamp(epochSeconds: 1_750_000_000)

    let clock: VirtualClock
    let simulator: SimulatedServerPilot
    let log = Recorder<RequestRecord>()
    /// Where the account is kept; `nil` where it is not.
    let file: StoreFile?

    init(
        seed: UInt64 = 1, account: Account = Account(), plan: ActionPlan = .fixed(.seconds(10)),
        credentials: AccountCredentials = AccountCredentials(clientID: "cid_test", apiKey: Secret("test-api-key")),
        faults: FaultPlan = FaultPlan(), store: (any AccountStore)? = nil, file: StoreFile? = nil
    ) {
        self.file = file
        let log = log
        clock = VirtualClock(now: Self.beginning)
        simulator = SimulatedServerPilot(
            account: account, random: SeededRandom(seed: seed), time: clock, credentials: credentials, plan: plan,
            faults: FaultState(faults, random: SeededRandom(seed: seed)), store: store,
            observer: { log.add($0) })
    }

    /// Makes a call in process, with the right credentials.
    func call(_ name: Operation.Name, _ arguments: JSONObject = [:]) async throws -> Reply {
        guard let operation = Operation.named(name) else { throw UnknownOperation(name: name) }
        return try await simulator.transport.call(operation, arguments)
    }

    /// Makes a call for its thing's id.
    func id(_ name: Operation.Name, _ arguments: JSONObject) async throws -> String {
        try await call(name, arguments).data["id"]?.stringValue ?? ""
    }

    /// Lets virtual time pass.
    func wait(_ duration: Duration) async throws { try await clock.sleep(for: duration) }

    /// A server that has connected.
    func connectedServer(_ name: String = "www1") async throws -> String {
        let id = try await id("create_server", ["name": .string(name)])
        simulator.change { account, now in
            _ = account.connect(ServerID(id), address: "192.0.2.1", at: now)
        }
        return id
    }

    func status(of action: ActionID?) async throws -> String? {
        guard let action else { return nil }
        return try await call("action", ["id": .string(action.rawValue)]).data["status"]?.stringValue
    }
}

struct UnknownOperation: Error {
    let name: Operation.Name
}
