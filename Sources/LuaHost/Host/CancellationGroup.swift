import Synchronization

/// Coroutines that stop together.
///
/// Used from any thread.
final class CancellationGroup: Sendable {
    private struct Members {
        var isCancelled = false
        var cancellations: [ObjectIdentifier: (place: Int, cancellation: Cancellation)] = [:]
        var added = 0
    }
    private let members = Mutex(Members())
    private let flag = Atomic(false)

    /// Read by the hook while Lua computes.
    var isCancelled: Bool { flag.load(ordering: .acquiring) }

    /// Adds a coroutine; cancels it at once when the group is cancelled.
    func add(_ cancellation: Cancellation) {
        let isLate = members.withLock { members in
            members.added += 1
            members.cancellations[ObjectIdentifier(cancellation)] = (members.added, cancellation)
            return members.isCancelled
        }
        if isLate { cancellation.cancel() }
    }

    func remove(_ cancellation: Cancellation) {
        members.withLock { $0.cancellations[ObjectIdentifier(cancellation)] = nil }
    }

    /// Stops all members, those added later too, in the order in which they came: what ends first is the same each time.
    func cancel() {
        flag.store(true, ordering: .releasing)
        let cancellations = members.withLock { members in
            members.isCancelled = true
            return members.cancellations.values.sorted { $0.place < $1.place }.map(\.cancellation)
        }
        for cancellation in cancellations { cancellation.cancel() }
    }
}
