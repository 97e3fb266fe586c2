public import Groundwork
internal import Synchronization

/// A clock that stands still until a test advances it, and for which sleeping takes no time.
///
/// Each sleep advances the clock by its duration and returns at once. For code with several tasks use
/// `VirtualClock`, which advances only while all of them wait.
///
/// ```swift
/// import ServerPilotClient
///
/// let clock = ManualClock()
/// let account = ServerPilotAccount(transport: RecipeStage().serverPilot.transport, time: clock)
/// await #expect(throws: ServerPilotError.self) { try await account.wait(for: "unknown", timeout: .seconds(60)) }
/// #expect(clock.sleeps.isEmpty)
/// clock.advance(by: .seconds(3600))
/// ```
public final class ManualClock: TimeSource {
    private struct State {
        var now: Timestamp
        var sleeps: [Duration] = []
    }

    private let state: Mutex<State>

    /// Creates a clock that stands at a time.
    ///
    /// - Parameter now: The time; by default 2023-11-14 22:13:20 UTC.
    public init(now: Timestamp = Timestamp(epochSeconds: 1_700_000_000)) { state = Mutex(State(now: now)) }

    /// The current time.
    public var now: Timestamp { state.withLock { $0.now } }

    /// The durations of all sleeps, in order.
    public var sleeps: [Duration] { state.withLock { $0.sleeps } }

    /// Advances the clock by a duration and returns at once.
    ///
    /// - Throws: `CancellationError` if the task is cancelled.
    public func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            state.sleeps.append(duration)
            state.now = state.now + duration
        }
    }

    /// Advances the clock, or sets it back by a negative duration.
    public func advance(by duration: Duration) { state.withLock { $0.now = $0.now + duration } }
}
