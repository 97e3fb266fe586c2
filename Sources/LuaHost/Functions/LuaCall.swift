/// One call of an async host function.
///
/// The body runs on the actor of ``host``, so that all of a run is serial: between two of its awaits no
/// Lua code and no other host function of the same host runs.
public struct LuaCall: Sendable {
    /// What the script gave.
    public let arguments: LuaArguments
    /// The host whose script called.
    public let host: LuaHost
    /// The coroutine that waits.
    public let path: LuaCoroutinePath
    /// Which call of an async host function this is in its coroutine, from 1.
    public let number: Int

    let batches: BatchCounter

    /// Where the call stands in the script.
    public var site: LuaCallSite { arguments.site }

    /// Calls functions side by side, each in a coroutine of its own, and gives their results in order.
    ///
    /// They start in order, at most `limit` at a time. The first that fails cancels the others; all have
    /// ended before this throws. While it waits, the call does not count as work for ``HostActivity``.
    ///
    /// - Throws: ``LuaConcurrentFailure`` with the position of the one that failed first.
    public func concurrently(_ calls: [LuaInvocation], limit: Int? = nil) async throws(LuaConcurrentFailure)
        -> [[LuaValue]]
    {
        try await host.concurrently(calls, limit: limit, from: self)
    }
}
