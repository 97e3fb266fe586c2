/// A counter of a host's work, by which a virtual clock knows when everything waits.
///
/// The actor of the ``LuaHost`` makes the calls, and they are exactly balanced, also after errors and cancellation.
/// While the count is above zero, some work can still make progress without the clock:
/// - from the start of a run until its first slice of Lua has returned;
/// - from a wait of Lua for an async host function until the slice of Lua that gets its result has returned.
///
/// A body that waits for the clock calls ``workEnded()`` before the wait, and ``workBegan()`` when it resumes.
/// ``LuaCall/concurrently(_:limit:onChange:)`` makes these calls itself.
///
/// ```swift
/// import Synchronization
///
/// final class BusyCount: HostActivity {
///     private let count = Mutex(0)
///     var isIdle: Bool { count.withLock { $0 == 0 } }
///     func workBegan() { count.withLock { $0 += 1 } }
///     func workEnded() { count.withLock { $0 -= 1 } }
/// }
/// ```
public protocol HostActivity: Sendable {
    /// Adds a piece of work that can make progress.
    func workBegan()
    /// Removes a piece of work that is done, or that waits for another.
    func workEnded()
}
