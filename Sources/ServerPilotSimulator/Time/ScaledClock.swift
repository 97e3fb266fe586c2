public import Groundwork

/// A clock that runs faster than its base clock: with a factor of 60, a ten-minute action takes ten seconds.
///
/// ```swift
/// func hourInAMinute(_ clock: any TimeSource) -> ScaledClock { ScaledClock(factor: 60, base: clock) }
/// ```
public struct ScaledClock: TimeSource {
    private let factor: Double
    private let base: any TimeSource
    private let start: Timestamp
    private let baseStart: Timestamp

    /// Creates a clock that runs `factor` times as fast as `base` from now on.
    ///
    /// - Parameters:
    ///   - factor: the speed relative to `base`; more than 0.
    ///   - base: the clock that this clock scales.
    ///   - earliest: a time that clients have already seen, such as that of a stored account. The clock starts there if
    ///     `base` is behind it, and at the time of `base` otherwise.
    public init(factor: Double, base: any TimeSource, earliest: Timestamp? = nil) {
        self.factor = factor
        self.base = base
        let now = base.now
        baseStart = base.steady
        start = max(earliest ?? now, now)
    }

    /// The current time of this clock.
    public var now: Timestamp { start + (base.steady - baseStart) * factor }

    /// Sleeps for that duration of this clock, which is `duration / factor` of the base clock.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public func sleep(for duration: Duration) async throws {
        try await base.sleep(for: duration / factor)
    }
}
