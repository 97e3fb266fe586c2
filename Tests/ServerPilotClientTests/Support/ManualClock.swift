import Groundwork
import Synchronization

/// A clock that stands still but for sleeping, which takes no time.
final class ManualClock: TimeSource {
    private struct State {
        var now = Timestamp(epochSeconds: 1_700_000_000)
        var sleeps: [Duration] = []
    }

    private let state = Mutex(State())

    var now: Timestamp { state.withLock { $0.now } }
    /// What was slept, in order.
    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            state.sleeps.append(duration)
            state.now = state.now + duration
        }
    }

    /// Lets time pass, or turns it back.
    func advance(by duration: Duration) { state.withLock { $0.now = $0.now + duration } }
}
