internal import HTTPTypes
public import ServerPilot
internal import OrderedCollections
internal import Synchronization

/// ServerPilot, simulated: an account behind the API's own bytes.
///
/// `exchange(_:)` is all there is of the API; in process it is reached as a `Transport`, over HTTP by
/// `SimulatorServer`. Calls are done one after another, whoever makes them.
public final class SimulatedServerPilot: Sendable {
    struct Inner {
        var account: Account
        var random: SeededRandom
        var faults: FaultState
        var late = LateCalls()
        var requests = 0
    }

    /// The credentials that requests have to carry.
    public let credentials: AccountCredentials
    let time: any TimeSource
    private let plan: ActionPlan
    private let observer: @Sendable (RequestRecord) -> Void
    private let touched: (@Sendable ([String]) -> Void)?
    private let reader: RequestReader
    private let commits: CommitQueue?
    private let inner: Mutex<Inner>

    /// - Parameters:
    ///   - account: the account to begin with.
    ///   - random: where ids, keys and durations come from.
    ///   - time: the clock; the state's own time is where a `VirtualClock` should begin.
    ///   - credentials: what requests have to carry.
    ///   - plan: how long work on servers takes, and how it ends.
    ///   - faults: what goes wrong on purpose.
    ///   - store: what keeps the account and holds it already; nobody is answered before what the answer tells of is
    ///     there.
    ///   - observer: is told of every request after it was answered, from the thread that asked.
    public convenience init(
        account: Account, random: SeededRandom, time: any TimeSource, credentials: AccountCredentials,
        plan: ActionPlan = .realistic, faults: FaultState = FaultState(), store: (any AccountStore)? = nil,
        observer: @escaping @Sendable (RequestRecord) -> Void = { _ in }
    ) {
        self.init(
            account: account, random: random, time: time, credentials: credentials, plan: plan, faults: faults,
            store: store, observer: observer, touched: nil)
    }

    /// As the public one; where there is no store, `touched` is told the ids of the records that something touched, under
    /// the lock.
    init(
        account: Account, random: SeededRandom, time: any TimeSource, credentials: AccountCredentials,
        plan: ActionPlan, faults: FaultState, store: (any AccountStore)?,
        observer: @escaping @Sendable (RequestRecord) -> Void, touched: (@Sendable ([String]) -> Void)?
    ) {
        self.touched = touched
        self.credentials = credentials
        self.time = time
        self.plan = plan
        self.observer = observer
        reader = RequestReader(credentials: credentials)
        commits = store.map { CommitQueue($0) }
        var account = account
        account.clearChanges()
        inner = Mutex(Inner(account: account, random: random, faults: faults))
    }

    /// A simulation that goes on where a stored one stood.
    public convenience init(
        state: SimulatorState, time: any TimeSource, credentials: AccountCredentials, plan: ActionPlan = .realistic,
        faults: FaultState = FaultState(), store: (any AccountStore)? = nil,
        observer: @escaping @Sendable (RequestRecord) -> Void = { _ in }
    ) {
        self.init(
            account: state.account, random: state.random, time: time, credentials: credentials, plan: plan,
            faults: faults, store: store, observer: observer)
    }

    /// The account as it is now.
    public var account: Account { settled { inner, _ in inner.account } }

    /// Account, time and random numbers as they are now, to be stored.
    public var state: SimulatorState {
        settled { inner, now in SimulatorState(account: inner.account, now: now, random: inner.random) }
    }

    /// The faults in force.
    public var faults: FaultState { inner.withLock { $0.faults } }

    /// Changes the account in a way that the API has no operation for, such as a server that connects.
    ///
    /// A store gets the change at once; that it is durable is waited for by the next reply.
    public func change<Value>(_ change: (inout Account, Timestamp) throws -> sending Value) rethrows -> Value {
        try inner.withLock { inner in
            let now = time.now
            defer { keepChanges(of: &inner, at: now) }
            return try change(&inner.account, now)
        }
    }

    /// A server that never connected does, as if ServerPilot's installer had run on its machine.
    public func connect(_ id: ServerID) {
        _ = change { account, now in
            account.servers[id]?.connected == nil && account.connect(id, address: ConnectControl.address, at: now)
        }
    }

    /// Changes which faults are in force.
    public func changeFaults<Value>(_ change: (inout FaultState) throws -> sending Value) rethrows -> Value {
        try inner.withLock { try change(&$0.faults) }
    }

    /// Answers a request, whatever it holds, and says how the answer reaches the client.
    ///
    /// With a store it returns when all that the answer can tell of is durable: also a read waits for what it saw.
    func exchange(_ request: WireRequest) async -> SimulatedExchange {
        let arrival = time.now
        let rules = rules
        let call: Call
        do throws(Refusal) {
            switch try reader.read(request, by: rules) {
            case .call(let read): call = read
            case .answered(let response): return SimulatedExchange(answer(request, response))
            }
        } catch {
            return SimulatedExchange(refuse(request, error))
        }
        var (exchange, records) = inner.withLock { inner in
            let now = time.now
            defer { keepChanges(of: &inner, at: now) }
            return inner.exchange(call, for: request, at: now, plan: plan)
        }
        do {
            try await commits?.settle()
        } catch {
            exchange = SimulatedExchange(WireResponse(.notStored))
            records.indices.last.map { records[$0].refuse(.notStored) }
        }
        records.indices.last.map { records[$0].duration = time.now - arrival }
        for record in records { observer(record) }
        return exchange
    }

    /// Writes what the store has not got yet, and closes it; requests that come later are refused.
    ///
    /// - Throws: `AccountStoreError`.
    public func close() async throws { try await commits?.close() }

    /// Hands what was touched to the store, under the lock, so that it gets changes in the order of their making.
    private func keepChanges(of inner: inout Inner, at now: Timestamp) {
        guard inner.account.hasChanges else { return }
        if let commits {
            commits.add(inner.account.takeChanges(at: now, random: inner.random))
        } else {
            touched?(inner.account.touchedIDs)
            inner.account.clearChanges()
        }
    }

    /// The client of a request that is held has given up: the request is on its way from now on.
    func release(_ ticket: Int) { inner.withLock { $0.late.release(ticket, at: time.now) } }

    /// Answers a request of which only the head is there, where the head is enough to refuse it; `nil` where the body
    /// is wanted.
    func refuseByHead(_ request: WireRequest) -> WireResponse? {
        do throws(Refusal) {
            _ = try reader.head(of: request, by: rules)
            return nil
        } catch {
            return refuse(request, error)
        }
    }

    /// Notes a request that is answered without the account.
    private func answer(_ request: WireRequest, _ response: WireResponse) -> WireResponse {
        observer(inner.withLock { $0.record(request, nil, status: response.status.code, at: time.now) })
        return response
    }

    /// Answers a request that is refused before it is known what it means.
    func refuse(_ request: WireRequest, _ behaviour: Behaviour, message: String) -> WireResponse {
        refuse(request, Refusal(behaviour, by: rules, message: message))
    }

    /// How the rules stand.
    var rules: RuleChoices { inner.withLock { $0.account.settings.rules } }

    private func refuse(_ request: WireRequest, _ refusal: Refusal) -> WireResponse {
        observer(inner.withLock { $0.record(request, nil, status: refusal.status, refusal: refusal, at: time.now) })
        return WireResponse(refusal)
    }

    /// Looks at the simulation after all has happened that is due by now.
    private func settled<Value: Sendable>(_ look: (Inner, Timestamp) -> Value) -> Value {
        let (value, records) = inner.withLock { inner in
            let now = time.now
            defer { keepChanges(of: &inner, at: now) }
            let records = inner.settle(at: now, plan: plan)
            return (look(inner, now), records)
        }
        for record in records { observer(record) }
        return value
    }
}

extension SimulatedServerPilot.Inner {
    mutating func record(
        _ request: WireRequest, _ operation: Operation?, status: Int, refusal: Refusal? = nil, faults: [String] = [],
        at now: Timestamp
    ) -> RequestRecord {
        requests += 1
        return RequestRecord(
            number: requests, time: now, method: request.method, path: request.path, operation: operation?.name,
            status: status, ruleID: refusal?.ruleID, evidence: refusal?.evidence, faults: faults)
    }
}
