public import Groundwork
internal import Synchronization

/// A clock whose time advances only while all counted work waits.
///
/// The clock counts active work and sleeping tasks. When no work is active, it jumps to the earliest deadline and wakes
/// that sleeper, whose work counts from then on. Sleepers with equal deadlines wake in the order in which they went to
/// sleep. Ten minutes of waiting therefore take no time, and the same program produces the same order of events.
///
/// If a task sleeps while no work is counted, as in plain Swift code, the clock advances and wakes the task at once.
/// That task is not counted afterwards either. A task that is not counted must not sleep beside counted tasks.
///
/// ```swift
/// let clock = VirtualClock(now: Timestamp(epochSeconds: 1_700_000_000))
/// try await clock.sleep(for: .seconds(600))  // takes no time
/// print(clock.now.epochSeconds)              // 1700000600
/// ```
public final class VirtualClock: TimeSource {
    typealias Continuation = CheckedContinuation<Void, any Error>

    private let state: Mutex<State>

    /// Creates a clock that stands at that time.
    public init(now: Timestamp) {
        state = Mutex(State(now: now))
    }

    /// The current time.
    public var now: Timestamp { state.withLock { $0.now } }

    /// The amount of counted work: 0 when all of it has ended or sleeps.
    public var work: Int { state.withLock { $0.work } }

    /// The number of sleeping tasks.
    public var sleepers: Int { state.withLock { $0.sleeperCount } }

    /// Counts work that has begun and makes progress by itself.
    public func workBegan() {
        state.withLock { $0.work += 1 }
    }

    /// Ends work counted by `workBegan()`: it has finished, or waits for other counted work.
    ///
    /// A call without a matching `workBegan()` is ignored.
    public func workEnded() {
        let woken = state.withLock { state in
            state.work = max(0, state.work - 1)
            return state.wakeNext()
        }
        woken?.resume()
    }

    /// Suspends the task until that much virtual time has passed; negative durations count as zero.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled. Its work counts again from then on.
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
            // If the task was cancelled before this line, its cancellation handler found no sleeper, so none must be
            // added.
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
