public import Groundwork
internal import HTTPTypes
public import ServerPilot
internal import OrderedCollections
internal import Synchronization

/// A simulated ServerPilot: an account behind the API's own bytes.
///
/// `exchange(_:)` implements the whole API. In process, the simulation is a `Transport`; over HTTP, `SimulatorServer`
/// serves it. Calls of all clients take effect one after another.
///
/// ```swift
/// var random = SeededRandom(seed: 1)
/// let clock = VirtualClock(now: Timestamp(epochSeconds: 1_700_000_000))
/// let simulation = SimulatedServerPilot(
///     account: .demo(at: clock.now, random: &random), random: random, time: clock,
///     credentials: AccountCredentials(random: &random))
/// let response = try await simulation.transport.send(WireRequest(method: .get, path: "/servers"))
/// ```
public final class SimulatedServerPilot: Sendable {
    struct Inner {
        var account: Account
        var random: SeededRandom
        var faults: FaultState
        var late = LateCalls()
        var requests = 0
    }

    /// The credentials that requests must carry.
    public let credentials: AccountCredentials
    let time: any TimeSource
    private let plan: ActionPlan
    private let observer: @Sendable (RequestRecord) -> Void
    private let touched: (@Sendable ([String]) -> Void)?
    private let reader: RequestReader
    private let commits: CommitQueue?
    private let inner: Mutex<Inner>

    /// Creates a simulation.
    ///
    /// - Parameters:
    ///   - account: the initial account.
    ///   - random: the source of ids, keys and durations.
    ///   - time: the clock. A `VirtualClock` should start at the time of the stored state.
    ///   - credentials: the credentials that requests must carry.
    ///   - plan: decides how long work on servers takes, and how it ends.
    ///   - faults: the deliberate failures.
    ///   - store: the store of the account, which already contains it. A reply waits until the store has everything
    ///     that the reply reports.
    ///   - observer: receives the record of each answered request, in the context that sent the request.
    public convenience init(
        account: Account, random: SeededRandom, time: any TimeSource, credentials: AccountCredentials,
        plan: ActionPlan = .realistic, faults: FaultState = FaultState(), store: (any AccountStore)? = nil,
        observer: @escaping @Sendable (RequestRecord) -> Void = { _ in }
    ) {
        self.init(
            account: account, random: random, time: time, credentials: credentials, plan: plan, faults: faults,
            store: store, observer: observer, touched: nil)
    }

    /// Creates a simulation that, without a store, passes the ids of touched records to `touched`, under the lock.
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

    /// Creates a simulation that continues from a stored state.
    public convenience init(
        state: SimulatorState, time: any TimeSource, credentials: AccountCredentials, plan: ActionPlan = .realistic,
        faults: FaultState = FaultState(), store: (any AccountStore)? = nil,
        observer: @escaping @Sendable (RequestRecord) -> Void = { _ in }
    ) {
        self.init(
            account: state.account, random: state.random, time: time, credentials: credentials, plan: plan,
            faults: faults, store: store, observer: observer)
    }

    /// The current account.
    public var account: Account { settled { inner, _ in inner.account } }

    /// The current account, time and random numbers, for a store.
    public var state: SimulatorState {
        settled { inner, now in SimulatorState(account: inner.account, now: now, random: inner.random) }
    }

    /// The faults in force.
    public var faults: FaultState { inner.withLock { $0.faults } }

    /// Changes the account in a way that no operation of the API can, such as connecting a server.
    ///
    /// The store receives the change at once. The next reply waits until the change is durable.
    ///
    /// - Throws: the error of `change`; the changes made before it stay.
    public func change<Value>(_ change: (inout Account, Timestamp) throws -> sending Value) rethrows -> Value {
        try inner.withLock { inner in
            let now = time.now
            defer { keepChanges(of: &inner, at: now) }
            return try change(&inner.account, now)
        }
    }

    /// Connects a server that never connected, as if ServerPilot's installer had run on its machine.
    public func connect(_ id: ServerID) {
        _ = change { account, now in
            account.servers[id]?.connected == nil && account.connect(id, address: ConnectControl.address, at: now)
        }
    }

    /// Changes the faults in force.
    ///
    /// - Throws: the error of `change`; the changes made before it stay.
    public func changeFaults<Value>(_ change: (inout FaultState) throws -> sending Value) rethrows -> Value {
        try inner.withLock { try change(&$0.faults) }
    }

    /// Answers a request with any content, and returns how the answer reaches the client.
    ///
    /// With a store, it returns when everything that the answer can report is durable. A read also waits for the
    /// changes that it saw.
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

    /// Writes pending changes to the store and closes it; later requests that change the account are refused.
    ///
    /// - Throws: `AccountStoreError`.
    public func close() async throws { try await commits?.close() }

    /// Passes touched records to the store, under the lock, so that the store receives changes in their order.
    private func keepChanges(of inner: inout Inner, at now: Timestamp) {
        guard inner.account.hasChanges else { return }
        if let commits {
            commits.add(inner.account.takeChanges(at: now, random: inner.random))
        } else {
            touched?(inner.account.touchedIDs)
            inner.account.clearChanges()
        }
    }

    /// Starts the delay of a held request, because its client has given up.
    func release(_ ticket: Int) { inner.withLock { $0.late.release(ticket, at: time.now) } }

    /// Refuses a request whose body has not arrived yet; returns `nil` if the body is needed.
    func refuseByHead(_ request: WireRequest) -> WireResponse? {
        do throws(Refusal) {
            _ = try reader.head(of: request, by: rules)
            return nil
        } catch {
            return refuse(request, error)
        }
    }

    /// Records a request that is answered without the account.
    private func answer(_ request: WireRequest, _ response: WireResponse) -> WireResponse {
        observer(inner.withLock { $0.record(request, nil, status: response.status.code, at: time.now) })
        return response
    }

    /// Refuses a request before its meaning is known.
    func refuse(_ request: WireRequest, _ behaviour: Behaviour, message: String) -> WireResponse {
        refuse(request, Refusal(behaviour, by: rules, message: message))
    }

    /// The settings of the rules.
    var rules: RuleChoices { inner.withLock { $0.account.settings.rules } }

    private func refuse(_ request: WireRequest, _ refusal: Refusal) -> WireResponse {
        observer(inner.withLock { $0.record(request, nil, status: refusal.status, refusal: refusal, at: time.now) })
        return WireResponse(refusal)
    }

    /// Reads the simulation after everything that is due by now has happened.
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
