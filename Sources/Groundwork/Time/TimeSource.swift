/// A source of time: the machine's clock, or a virtual clock that advances while everything waits.
///
/// A virtual clock must know when only time can make progress. Code that starts work which continues by itself calls
/// `workBegan()`, and later `workEnded()`. A sleeping task does not count as work. A real clock ignores both calls.
///
/// ```swift
/// func poll(every pause: Duration, time: any TimeSource, until isDone: () async throws -> Bool) async throws -> Bool {
///     let end = time.steady + .seconds(600)
///     while time.steady < end {
///         if try await isDone() { return true }
///         try await time.sleep(for: pause)
///     }
///     return false
/// }
/// ```
public protocol TimeSource: Sendable {
    /// The current time of day, for display; a person or a time server may change it in both directions.
    var now: Timestamp { get }

    /// A clock that cannot be set and never runs backwards, for waits, ages and time limits.
    ///
    /// Its first value equals `now`. Values are comparable only within one process.
    var steady: Timestamp { get }

    /// Suspends the task for a duration.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    func sleep(for duration: Duration) async throws

    /// Counts the start of work that will make progress by itself.
    func workBegan()

    /// Ends the work that `workBegan()` counted, because it finished or now waits for other counted work.
    func workEnded()
}

extension TimeSource {
    /// The same as `now`, correct for a clock that cannot be set.
    public var steady: Timestamp { now }
    /// Does nothing, correct for a clock that runs by itself.
    public func workBegan() {}
    /// Does nothing, correct for a clock that runs by itself.
    public func workEnded() {}
}
