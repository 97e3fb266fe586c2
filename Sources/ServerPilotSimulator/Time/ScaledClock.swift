public import ServerPilot

/// A clock that goes faster than the one below it, so that a ten-minute action takes ten seconds at a factor of 60.
public struct ScaledClock: TimeSource {
    private let factor: Double
    private let base: any TimeSource
    private let start: Timestamp
    private let baseStart: Timestamp

    /// A clock that goes `factor` times as fast as `base` from now on.
    ///
    /// - Parameters:
    ///   - factor: how much faster; more than 0.
    ///   - base: the clock below.
    ///   - earliest: a time that has been shown already, such as that of a stored account: the clock begins there when
    ///     `base` is behind it, and with the time of `base` otherwise.
    public init(factor: Double, base: any TimeSource, earliest: Timestamp? = nil) {
        self.factor = factor
        self.base = base
        let now = base.now
        baseStart = base.steady
        start = max(earliest ?? now, now)
    }

    /// The time on this clock.
    public var now: Timestamp { start + (base.steady - baseStart) * factor }

    /// Sleeps for that long on this clock: a `factor`th of it on the one below.
    public func sleep(for duration: Duration) async throws {
        try await base.sleep(for: duration / factor)
    }
}
