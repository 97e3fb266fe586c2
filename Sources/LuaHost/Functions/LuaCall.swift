/// A call of an async host function.
///
/// The body runs on the actor of ``host``, so a run is serial: between two awaits of the body, no Lua code and no other
/// host function of the same host runs.
///
/// ```swift
/// let each = HostFunction("each", async: { call in
///     let action = try call.arguments.function(1)
///     let calls = try call.arguments.array(0).map { LuaInvocation(action, [$0]) }
///     return try await call.concurrently(calls, limit: 8).map { $0.first ?? .nil }
/// })
/// ```
public struct LuaCall: Sendable {
    /// The arguments that the script passed.
    public package(set) var arguments: LuaArguments
    /// The host whose script makes the call.
    public let host: LuaHost
    /// The path of the coroutine that waits.
    public let path: LuaCoroutinePath
    /// The number of this call among the async calls of its coroutine, from 1.
    public let number: Int

    let batches: BatchCounter

    /// The line of the script that makes the call.
    public var site: LuaCallSite { arguments.site }

    /// Calls functions concurrently, each in its own coroutine, and returns their results in order.
    ///
    /// The functions start in order, at most `limit` at a time. The first failure cancels the others. All have ended
    /// before this function throws. While it waits, the call does not count as work for ``HostActivity``.
    ///
    /// - Parameters:
    ///   - calls: The functions with their arguments.
    ///   - limit: The most functions that run at once, at least 1; `nil` for all.
    ///   - onChange: Called on the host's actor whenever a function starts or ends, with the path of its coroutine.
    /// - Returns: The results of each function, in the order of `calls`.
    /// - Throws: ``LuaConcurrentFailure`` with the position of the function that failed first.
    public func concurrently(
        _ calls: [LuaInvocation], limit: Int? = nil,
        onChange: @escaping @Sendable (_ path: LuaCoroutinePath, _ state: LuaItemState) -> Void = { _, _ in }
    ) async throws(LuaConcurrentFailure) -> [[LuaValue]] {
        try await host.concurrently(calls, limit: limit, from: self, onChange: onChange)
    }

    /// Calls functions concurrently in an order, each in its own coroutine, and returns the result of each.
    ///
    /// The functions start in the order of `calls`. A function that cannot start because of its lane lets later ones
    /// start, and follows when its lane is free. That order depends only on the order in which functions end.
    ///
    /// - Parameters:
    ///   - calls: The functions with their arguments.
    ///   - order: The order. If it collects failures, only a limit of the host ends the call early.
    ///   - onChange: Called on the host's actor whenever a function starts or ends, with the path of its coroutine.
    /// - Returns: The result of each function, in the order of `calls`.
    /// - Throws: ``LuaConcurrentFailure`` with the position of the function that failed first, if the order does not
    ///   collect failures; or if the run was cancelled or reached a limit.
    public func results(
        of calls: [LuaInvocation], _ order: LuaConcurrency,
        onChange: @escaping @Sendable (_ path: LuaCoroutinePath, _ state: LuaItemState) -> Void = { _, _ in }
    ) async throws(LuaConcurrentFailure) -> [Result<[LuaValue], LuaError>] {
        try await host.runBatch(calls, order, from: self, onChange)
    }

    /// Lets the other functions of the nearest batch that collects failures go first.
    ///
    /// The function counts as ended, so that others can start. It goes on behind all that have not started. A host that
    /// replays a run calls it where a function failed that is now retried: the others then start as they did before.
    package func giveWay() async { await host.giveWay(at: path) }
}
