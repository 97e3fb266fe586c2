public import Groundwork
internal import Synchronization

/// A clock whose time of day can be set, as by a person or a time server, while its steady time runs on.
///
/// ```swift
/// let stage = RecipeStage()
/// stage.time.set(.seconds(-86_400))  // the machine's clock is a day late
/// let report = await stage.run("sp.sleep(60)")
/// #expect(report.failure == nil && report.elapsed >= .seconds(60))
/// ```
public final class SettableClock: TimeSource {
    private let base: any TimeSource
    private let offset = Mutex(Duration.zero)

    /// Creates a clock that shows the time of another clock.
    public init(base: any TimeSource) { self.base = base }

    /// Sets the time of day.
    ///
    /// - Parameter offset: The distance from the base's time; negative for an earlier time.
    public func set(_ offset: Duration) { self.offset.withLock { $0 = offset } }

    /// The time of day.
    public var now: Timestamp { base.now + offset.withLock { $0 } }
    /// The base's steady time, which `set(_:)` does not change.
    public var steady: Timestamp { base.steady }

    /// Suspends the task as the base does.
    ///
    /// - Throws: `CancellationError` if the task is cancelled.
    public func sleep(for duration: Duration) async throws { try await base.sleep(for: duration) }
    /// Passes the call to the base.
    public func workBegan() { base.workBegan() }
    /// Passes the call to the base.
    public func workEnded() { base.workEnded() }
}
