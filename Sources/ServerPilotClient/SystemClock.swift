#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif
public import ServerPilot

/// The machine's clock.
///
/// `now` is the time of day, which a person or a time server may set back or forth; `steady` and sleeping go by a clock
/// that only runs on, also while the machine is suspended.
public struct SystemClock: TimeSource {
    /// The machine's clock.
    public init() {}

    /// The time of day.
    public var now: Timestamp {
        var time = timespec()
        // The only failures are a clock that does not exist and a bad pointer.
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(sinceEpoch: .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec)))
    }

    /// Where `steady` begins: the time of day when the process first asked for it.
    private static let beginning = (now: SystemClock().now, instant: ContinuousClock.now)

    /// The time of day at the beginning of the process, and what has passed since.
    public var steady: Timestamp {
        let beginning = Self.beginning
        return beginning.now + (ContinuousClock.now - beginning.instant)
    }

    /// Suspends the task until that much time has passed.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration, clock: .continuous)
    }
}
