package import Groundwork
internal import HTTPTypes
internal import OrderedCollections
package import ServerPilot
internal import Synchronization

/// A copy of a live account that loads itself on demand and keeps changes in memory.
///
/// A recipe that runs on the copy reads the live account with GETs only, each list once. Its changes affect the copy,
/// by the simulator's rules and on a clock of its own. Loops, conditions on results, waits and ids of new resources
/// therefore work. Members of a reply that the simulator does not know come from the live account unchanged.
package final class AccountOverlay: Transport {
    struct State {
        /// The questions whose replies the copy contains.
        var loaded: Set<String> = []
        /// The `data` of the live account's replies, by question: an operation with its arguments.
        var answers: [String: JSONValue] = [:]
        /// The live account's values of each resource by id, with the copy's values at that time.
        var originals: [String: (live: JSONObject, copied: JSONObject)] = [:]
        var changes: [OverlayChange] = []
        var lists: [Operation.Name: OverlayList] = [:]
        /// The timed facts that were read, by `TimedSubject.place`.
        var timed: OrderedDictionary<String, TimedReading> = [:]
        var random: SeededRandom
        var requests = 0
    }

    /// The clock of the copy, which stands while any work is active and jumps while all of it waits.
    package let clock: VirtualClock
    let live: any Transport
    let simulated: SimulatedServerPilot
    let state: Mutex<State>
    /// The reads in progress, by question.
    let loads = SingleFlight<String>()
    let foresight: Foresight
    private let reader: RequestReader
    private let refused: Refusals
    let touched: Touched

    /// Creates an overlay that has read nothing yet.
    ///
    /// - Parameters:
    ///   - live: the connection to the account. It receives only GETs.
    ///   - now: the time at which the copy's clock starts.
    ///   - seed: determines the ids of new resources, and the duration of work.
    ///   - settings: how the account behaves where ServerPilot's behavior depends on circumstances.
    ///   - foresight: the readings at which timed facts come to hold.
    package init(
        over live: any Transport, at now: Timestamp, seed: UInt64, settings: AccountSettings = AccountSettings(),
        foresight: Foresight = Foresight()
    ) {
        self.foresight = foresight
        var settings = settings
        settings.isCopy = true
        let credentials = AccountCredentials(clientID: "overlay", apiKey: Secret("overlay"))
        clock = VirtualClock(now: now)
        self.live = live
        reader = RequestReader(credentials: credentials)
        let refused = Refusals()
        self.refused = refused
        let touched = Touched()
        self.touched = touched
        simulated = SimulatedServerPilot(
            account: Account(settings: settings), random: SeededRandom(seed: seed), time: clock,
            credentials: credentials, plan: .realistic, faults: FaultState(), store: nil, observer: refused.note,
            touched: touched.note)
        state = Mutex(State(random: SeededRandom(seed: seed ^ 0x6f76_6572_6c61_79)))
    }

    /// The changes so far, in their order.
    package var changes: [OverlayChange] { state.withLock { $0.changes } }
    /// The calls refused so far, in their order.
    package var refusals: [OverlayRefusal] { refused.all }
    /// The number of requests sent to the live account.
    package var requests: Int { state.withLock { $0.requests } }
    /// The timed facts that were read before they were settled, in the order of their first readings.
    package var timedReadings: [TimedReading] { state.withLock { Array($0.timed.values) } }

    /// Returns `data` of the live account's reply to a GET: null if not found, `nil` if the GET was not sent.
    package func answer(_ listing: Operation.Name, _ arguments: JSONObject) -> JSONValue? {
        let question = Self.question(listing, arguments)
        return state.withLock { $0.answers[question] }
    }

    /// Answers from the copy, after loading what the call needs from the live account.
    ///
    /// - Throws: Errors of the live account's transport.
    package func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        var authorized = request
        authorized.headers[.authorization] = simulated.credentials.authorization.reveal()
        guard case .call(let call)? = try? reader.read(authorized, by: RuleChoices()) else {
            return try await simulated.transport.send(request)
        }
        if call.operation.kind == .action, simulated.account.actions[ActionID(call.pathID)] == nil {
            return try await passOn(request)
        }
        try await fill(for: call)
        guard call.operation.changesAccount else {
            foresee(call)
            return try await read(call, request)
        }
        return try await change(call, request)
    }

    /// Answers like `send(_:)`, but assembles lists from the live account's reply and the resources touched here.
    ///
    /// A list may be long, and recipes read it after each change.
    package func call(
        _ operation: Operation, _ arguments: JSONObject
    ) async throws(ServerPilotError) -> Reply {
        guard case .list(let shape) = operation.result, operation.pathParameters.isEmpty else {
            return try await exchange(operation, arguments)
        }
        let call = Call(operation: operation, arguments: arguments)
        try await fill(for: call)
        foresee(call)
        return Reply(data: .array(currentList(operation, shape)))
    }

    /// Connects the copy of a server, as if ServerPilot's installer had run on its machine.
    package func connect(_ id: ServerID) {
        simulated.connect(id)
    }

    private func passOn(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        state.withLock { $0.requests += 1 }
        return try await live.send(request)
    }

    static func question(_ operation: Operation.Name, _ arguments: JSONObject) -> String {
        "\(operation) \(arguments.values.compactMap(\.stringValue).joined(separator: " "))"
    }
}

/// The ids of resources created, changed or deleted in a copy, in the order of their first touch.
final class Touched: Sendable {
    private let touched = Mutex<(ids: OrderedSet<String>, times: Int)>(([], 0))
    var ids: OrderedSet<String> { touched.withLock { $0.ids } }
    /// The number of calls that touched resources.
    var times: Int { touched.withLock { $0.times } }

    func note(_ ids: [String]) {
        // Queued and ended actions change no list.
        guard !ids.isEmpty else { return }
        touched.withLock { touched in
            touched.ids.append(contentsOf: ids)
            touched.times += 1
        }
    }
}

/// Records refused calls.
private final class Refusals: Sendable {
    private let refused = Mutex<[OverlayRefusal]>([])
    var all: [OverlayRefusal] { refused.withLock { $0 } }

    func note(_ record: RequestRecord) {
        guard let operation = record.operation, let ruleID = record.ruleID, let evidence = record.evidence else {
            return
        }
        refused.withLock { $0.append(OverlayRefusal(operation: operation, ruleID: ruleID, evidence: evidence)) }
    }
}
