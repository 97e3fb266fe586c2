import Synchronization

/// Coroutines that stop together.
///
/// Any thread can use it.
final class CancellationGroup: Sendable {
    private struct Members {
        var isCancelled = false
        var cancellations: [ObjectIdentifier: (place: Int, cancellation: Cancellation)] = [:]
        var added = 0
    }
    private let members = Mutex(Members())
    private let flag = Atomic(false)

    /// Whether the group is cancelled.
    ///
    /// The hook reads it while Lua computes.
    var isCancelled: Bool { flag.load(ordering: .acquiring) }

    /// Adds a coroutine; cancels it at once if the group is cancelled.
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

    /// Stops all members, and all that are added later.
    ///
    /// Members stop in the order in which they were added, so that the first to end is the same in every run.
    func cancel() {
        flag.store(true, ordering: .releasing)
        let cancellations = members.withLock { members in
            members.isCancelled = true
            return members.cancellations.values.sorted { $0.place < $1.place }.map(\.cancellation)
        }
        for cancellation in cancellations { cancellation.cancel() }
    }
}
