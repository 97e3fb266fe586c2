/// Where time comes from: the machine's clock, or a virtual one that runs ahead while everything waits.
///
/// A virtual clock has to know when nothing can make progress but time. Whoever starts work that will go on by itself
/// says so with `workBegan()` and closes it with `workEnded()`; a sleep counts as no work while it lasts. A real clock
/// takes no notice.
public protocol TimeSource: Sendable {
    /// The time of day now, which a person or a time server may set back or forth: for what people read.
    var now: Timestamp { get }

    /// The time by a clock that nobody sets and that only runs on: for waits, ages and time limits.
    ///
    /// It agrees with `now` at the beginning of the process, and is comparable within one process only.
    var steady: Timestamp { get }

    /// Suspends the task until that much time has passed.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    func sleep(for duration: Duration) async throws

    /// Something has begun that will make progress by itself.
    func workBegan()

    /// What `workBegan()` announced has come to its end or waits for something else that is counted.
    func workEnded()
}

extension TimeSource {
    /// The same as `now`: right for every clock that nobody can set.
    public var steady: Timestamp { now }
    /// Takes no notice: right for every clock that runs by itself.
    public func workBegan() {}
    /// Takes no notice: right for every clock that runs by itself.
    public func workEnded() {}
}
