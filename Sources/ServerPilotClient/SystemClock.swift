#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif
public import Groundwork

/// The machine's clock.
///
/// `now` is the time of day, which a person or a time server may set in both directions. `steady` and `sleep(for:)` use
/// a clock that never runs backwards and that also counts the time while the machine is suspended.
///
/// ```swift
/// let clock = SystemClock()
/// let begin = clock.steady
/// try await clock.sleep(for: .milliseconds(200))
/// print("\(clock.now.epochSeconds): waited for \((clock.steady - begin).shortText)")
/// ```
public struct SystemClock: TimeSource {
    /// Creates a clock.
    public init() {}

    /// The time of day.
    public var now: Timestamp {
        var time = timespec()
        // clock_gettime fails only for an unknown clock or a bad pointer.
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(sinceEpoch: .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec)))
    }

    /// The start of `steady`: both clocks when the process first read it.
    private static let beginning = (now: SystemClock().now, instant: ContinuousClock.now)

    /// The time of day when the process first read this property, and the time elapsed since.
    public var steady: Timestamp {
        let beginning = Self.beginning
        return beginning.now + (ContinuousClock.now - beginning.instant)
    }

    /// Suspends the task for a duration.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration, clock: .continuous)
    }
}
