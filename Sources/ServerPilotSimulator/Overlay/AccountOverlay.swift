internal import HTTPTypes
public import OrderedCollections
public import ServerPilot
internal import Synchronization

/// A copy of a live account that fills itself as it is asked, and takes changes that stay in memory.
///
/// A recipe that runs on it reads what the live account has, by GETs alone and each list once, and its changes happen
/// to the copy, by the simulator's rules and on a clock of its own: loops, conditions on results, waits and ids from
/// creations all work. Members of a reply that the simulator does not know come from the live account unchanged.
public final class AccountOverlay: Transport {
    struct State {
        var loads = OverlayLoads()
        /// What the live account said, by the path of the question.
        var answers: [String: JSONValue] = [:]
        /// What it said of each thing, with what the copy said of it then.
        var originals: [String: (live: JSONObject, copied: JSONObject)] = [:]
        var changes: [OverlayChange] = []
        var lists: [Operation.Name: OverlayList] = [:]
        /// Facts that only time decides and that were read, by their places.
        var timed: OrderedDictionary<String, TimedReading> = [:]
        var random: SeededRandom
        var requests = 0
    }

    /// The clock of the copy: it stands while anything works, and jumps while everything waits.
    public let clock: VirtualClock
    let live: any Transport
    let simulated: SimulatedServerPilot
    let state: Mutex<State>
    let foresight: Foresight
    private let reader: RequestReader
    private let refused: Refusals
    let touched: Touched

    /// An overlay that has read nothing yet.
    ///
    /// - Parameters:
    ///   - live: the way to the account; it is sent nothing but GETs.
    ///   - now: the time at which the copy's clock begins.
    ///   - seed: decides the ids of what is created, and how long work takes.
    ///   - settings: what the account does where ServerPilot leaves it to circumstances.
    ///   - foresight: when facts that only time decides come to hold.
    public init(
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
    public var changes: [OverlayChange] { state.withLock { $0.changes } }
    /// The calls that were refused so far, in their order.
    public var refusals: [OverlayRefusal] { refused.all }
    /// Requests that the live account was sent.
    public var requests: Int { state.withLock { $0.requests } }
    /// Facts that only time decides and that were read before they were settled, in the order of their first readings.
    public var timedReadings: [TimedReading] { state.withLock { Array($0.timed.values) } }

    /// What the live account said to a GET: `data` of the reply; `nil` where it was not asked.
    public func answer(_ listing: Operation.Name, _ arguments: JSONObject) -> JSONValue? {
        let question = Self.question(listing, arguments)
        return state.withLock { $0.answers[question] }
    }

    /// Answers from the copy, after filling it with what the call needs of the live account.
    ///
    /// - Throws: what the live account's transport throws while it is read.
    public func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
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

    /// As through bytes; but a list, which may be long and is asked for after each change, is put together from what
    /// the live account said and what was touched here.
    public func call(
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

    /// The copy of a server connects, as if ServerPilot's installer had run on its machine.
    public func connect(_ id: ServerID) {
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

/// The ids of what was made, changed or deleted in a copy, in the order of the first time.
final class Touched: Sendable {
    private let touched = Mutex<(ids: OrderedSet<String>, times: Int)>(([], 0))
    var ids: OrderedSet<String> { touched.withLock { $0.ids } }
    /// How often something was touched.
    var times: Int { touched.withLock { $0.times } }

    func note(_ ids: [String]) {
        // Work that was queued or came to its end changes no list.
        guard !ids.isEmpty else { return }
        touched.withLock { touched in
            touched.ids.append(contentsOf: ids)
            touched.times += 1
        }
    }
}

/// Keeps what was refused.
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
