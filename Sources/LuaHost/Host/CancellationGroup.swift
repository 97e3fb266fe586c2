internal import CLuaBridge
internal import Synchronization

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
    private let firstReason = Atomic(Int32(LUABRIDGE_LIVE))

    /// The reason why the group was cancelled first, such as LUABRIDGE_CANCELLED_HOST; LUABRIDGE_LIVE before.
    ///
    /// The hook reads it while Lua computes.
    var reason: Int32 { firstReason.load(ordering: .acquiring) }

    /// Whether the group is cancelled.
    var isCancelled: Bool { reason != Int32(LUABRIDGE_LIVE) }

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

    /// Whether it has no members.
    var isEmpty: Bool { members.withLock { $0.cancellations.isEmpty } }

    /// Stops all members, and all that are added later.
    ///
    /// Members stop in the order in which they were added, so that the first to end is the same in every run.
    func cancel(_ reason: Int = LUABRIDGE_CANCELLED_HOST) {
        _ = firstReason.compareExchange(
            expected: Int32(LUABRIDGE_LIVE), desired: Int32(reason), ordering: .acquiringAndReleasing)
        let cancellations = members.withLock { members in
            members.isCancelled = true
            return members.cancellations.values.sorted { $0.place < $1.place }.map(\.cancellation)
        }
        for cancellation in cancellations { cancellation.cancel() }
    }
}
