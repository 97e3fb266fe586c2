internal import Synchronization

/// The last requests that a simulation answered, for its page.
///
/// ```swift
/// func simulation(
///     of account: Account, credentials: AccountCredentials, clock: any TimeSource
/// ) -> (SimulatedServerPilot, RequestHistory) {
///     let history = RequestHistory()
///     let simulation = SimulatedServerPilot(
///         account: account, random: SeededRandom(seed: 1), time: clock, credentials: credentials,
///         observer: { history.append($0) })
///     return (simulation, history)
/// }
/// ```
public final class RequestHistory: Sendable {
    /// The number of requests that fit on a page.
    static let most = 50

    private let records = Mutex<[RequestRecord]>([])

    /// Creates a history without requests.
    public init() {}

    /// Adds a request; the simulation's observer calls it.
    public func append(_ record: RequestRecord) {
        records.withLock { records in
            records.append(record)
            // Drops many records at a time, so that a busy server does not move the rest for every request.
            if records.count >= 2 * Self.most { records.removeFirst(records.count - Self.most) }
        }
    }

    /// The last requests, the newest first.
    var newestFirst: [RequestRecord] { records.withLock { $0.suffix(Self.most).reversed() } }
}
