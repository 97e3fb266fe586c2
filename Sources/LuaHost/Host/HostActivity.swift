/// Is told when a host has work to do, so that a virtual clock can know when everything waits.
///
/// Calls come from the actor of the ``LuaHost`` and are exactly balanced, with errors and cancellation too.
/// While the count is above zero something can still make progress without the clock:
/// - from the start of a run until its first slice of Lua has returned;
/// - from the moment Lua waits for an async host function until the Lua that its result woke has returned.
///
/// A body that waits for the clock itself calls ``workEnded()`` before and ``workBegan()`` when it is woken.
/// ``LuaCall/concurrently(_:limit:)`` does so on its own.
public protocol HostActivity: Sendable {
    /// One more piece of work can make progress.
    func workBegan()
    /// One piece of work is done, or waits for another.
    func workEnded()
}
