public import ServerPilot
internal import OrderedCollections
internal import Synchronization

/// ServerPilot, simulated: an account behind the API's own bytes.
///
/// `respond(to:)` is all there is of the API; in process it is reached as a `Transport`, over HTTP by
/// `SimulatorServer`. Calls are done one after another, whoever makes them.
public final class SimulatedServerPilot: Sendable {
    fileprivate struct Inner {
        var account: Account
        var random: SeededRandom
        var requests = 0
    }

    /// The credentials that requests have to carry.
    public let credentials: AccountCredentials
    private let time: any TimeSource
    private let plan: ActionPlan
    private let observer: @Sendable (RequestRecord) -> Void
    private let reader: RequestReader
    private let inner: Mutex<Inner>

    /// - Parameters:
    ///   - account: the account to begin with.
    ///   - random: where ids, keys and durations come from.
    ///   - time: the clock; the state's own time is where a `VirtualClock` should begin.
    ///   - credentials: what requests have to carry.
    ///   - plan: how long work on servers takes, and how it ends.
    ///   - observer: is told of every request after it was answered, from the thread that asked.
    public init(
        account: Account, random: SeededRandom, time: any TimeSource, credentials: AccountCredentials,
        plan: ActionPlan = .realistic, observer: @escaping @Sendable (RequestRecord) -> Void = { _ in }
    ) {
        self.credentials = credentials
        self.time = time
        self.plan = plan
        self.observer = observer
        reader = RequestReader(credentials: credentials)
        inner = Mutex(Inner(account: account, random: random))
    }

    /// A simulation that goes on where a stored one stood.
    public convenience init(
        state: SimulatorState, time: any TimeSource, credentials: AccountCredentials, plan: ActionPlan = .realistic,
        observer: @escaping @Sendable (RequestRecord) -> Void = { _ in }
    ) {
        self.init(
            account: state.account, random: state.random, time: time, credentials: credentials, plan: plan,
            observer: observer)
    }

    /// The account as it is now.
    public var account: Account { inner.withLock { $0.account } }

    /// Account, time and random numbers as they are now, to be stored.
    public var state: SimulatorState {
        inner.withLock { SimulatorState(account: $0.account, now: time.now, random: $0.random) }
    }

    /// Changes the account in a way that the API has no operation for, such as a server that connects.
    public func change<Value>(_ change: (inout Account, Timestamp) throws -> sending Value) rethrows -> Value {
        try inner.withLock { try change(&$0.account, time.now) }
    }

    /// Answers a request, whatever it holds.
    public func respond(to request: WireRequest) -> WireResponse {
        do throws(Refusal) {
            let call = try reader.read(request)
            return answer(call, to: request)
        } catch {
            return refuse(request, error)
        }
    }

    /// Answers a request that is refused before it is known what it means.
    func refuse(_ request: WireRequest, _ refusal: Refusal) -> WireResponse {
        observer(inner.withLock { $0.record(request, nil, refusal: refusal, at: time.now) })
        return WireResponse(refusal)
    }

    private func answer(_ call: Call, to request: WireRequest) -> WireResponse {
        let (result, record) = inner.withLock { inner -> (Result<Reply, Refusal>, RequestRecord) in
            let now = time.now
            do throws(Refusal) {
                let reply = try inner.account.apply(
                    call.operation, call.arguments, at: now, random: &inner.random, plan: plan)
                return (.success(reply), inner.record(request, call.operation, refusal: nil, at: now))
            } catch {
                return (.failure(error), inner.record(request, call.operation, refusal: error, at: now))
            }
        }
        observer(record)
        return switch result {
        case .success(let reply): WireResponse(reply)
        case .failure(let refusal): WireResponse(refusal)
        }
    }
}

extension SimulatedServerPilot.Inner {
    fileprivate mutating func record(
        _ request: WireRequest, _ operation: Operation?, refusal: Refusal?, at now: Timestamp
    ) -> RequestRecord {
        requests += 1
        return RequestRecord(
            number: requests, time: now, method: request.method, path: request.path, operation: operation?.name,
            status: refusal?.status ?? 200, ruleID: refusal?.ruleID, evidence: refusal?.evidence)
    }
}
