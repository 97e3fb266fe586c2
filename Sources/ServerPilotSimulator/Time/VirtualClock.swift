internal import Synchronization
public import ServerPilot

/// A clock whose time passes only when everything waits.
///
/// It counts the work that goes on and the tasks that sleep. When nothing works, it jumps to the earliest deadline and
/// wakes that one sleeper, whose work is counted from that moment; sleepers with one deadline wake in the order in
/// which they went to sleep. So ten minutes of waiting take no time, and the same program gives the same order.
///
/// A task that sleeps while nothing is counted at all, as in plain Swift code, is woken at once with the clock moved
/// on, and is not counted afterwards either. A task that is not counted must not sleep beside tasks that are.
public final class VirtualClock: TimeSource {
    typealias Continuation = CheckedContinuation<Void, any Error>

    private let state: Mutex<State>

    /// A clock that stands at that time.
    public init(now: Timestamp) {
        state = Mutex(State(now: now))
    }

    /// The time now.
    public var now: Timestamp { state.withLock { $0.now } }

    /// How much work is counted: 0 when all that was begun has ended or sleeps.
    public var work: Int { state.withLock { $0.work } }

    /// How many tasks sleep.
    public var sleepers: Int { state.withLock { $0.sleeperCount } }

    /// Something has begun that will make progress by itself.
    public func workBegan() {
        state.withLock { $0.work += 1 }
    }

    /// What `workBegan()` announced has come to its end or waits for something else that is counted.
    ///
    /// An end without a beginning is ignored.
    public func workEnded() {
        let woken = state.withLock { state in
            state.work = max(0, state.work - 1)
            return state.wakeNext()
        }
        woken?.resume()
    }

    /// Suspends the task until that much virtual time has passed; a negative time is none.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled. Its work is counted again then.
    public func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        let ticket = state.withLock { $0.nextTicket() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                suspend(continuation, for: duration, ticket: ticket)
            }
        } onCancel: {
            state.withLock { $0.removeSleeper(ticket) }?.resume(throwing: CancellationError())
        }
    }

    private func suspend(_ continuation: Continuation, for duration: Duration, ticket: UInt64) {
        let resumption = state.withLock { state -> (continuation: Continuation, error: CancellationError?)? in
            // A task that was cancelled before this line found no sleeper to remove, so it must not become one.
            guard !Task.isCancelled else { return (continuation, CancellationError()) }
            state.addSleeper(until: state.now + max(duration, .zero), ticket: ticket, continuation: continuation)
            return state.wakeNext().map { ($0, nil) }
        }
        if let error = resumption?.error {
            resumption?.continuation.resume(throwing: error)
        } else {
            resumption?.continuation.resume()
        }
    }
}
