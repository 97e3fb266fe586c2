internal import Synchronization

/// The last requests that a simulation answered, for people who watch it.
public final class RequestHistory: Sendable {
    /// So many are kept: what fits on a page.
    static let most = 50

    private let records = Mutex<[RequestRecord]>([])

    /// A history without requests.
    public init() {}

    /// Adds one, as the observer of a simulation is told of it.
    public func append(_ record: RequestRecord) {
        records.withLock { records in
            records.append(record)
            // Dropped many at a time, so that a busy server does not move the rest for each.
            if records.count >= 2 * Self.most { records.removeFirst(records.count - Self.most) }
        }
    }

    /// The last ones, the newest first.
    var newestFirst: [RequestRecord] { records.withLock { $0.suffix(Self.most).reversed() } }
}
