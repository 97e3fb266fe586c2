public import ServerPilot

/// A clock that goes faster than the one below it, so that a ten-minute action takes ten seconds at a factor of 60.
public struct ScaledClock: TimeSource {
    private let factor: Double
    private let base: any TimeSource
    private let start: Timestamp

    /// A clock that shows the same time as `base` now and goes `factor` times as fast from now on.
    public init(factor: Double, base: any TimeSource) {
        self.factor = factor
        self.base = base
        start = base.now
    }

    /// The time on this clock.
    public var now: Timestamp { start + (base.now - start) * factor }

    /// Sleeps for that long on this clock: a `factor`th of it on the one below.
    public func sleep(for duration: Duration) async throws {
        try await base.sleep(for: duration / factor)
    }
}
