/// The state of a function that a call runs concurrently with others.
///
/// ```swift
/// let each = HostFunction("each", async: { call in
///     let action = try call.arguments.function(1)
///     let calls = try call.arguments.array(0).map { LuaInvocation(action, [$0]) }
///     let results = try await call.concurrently(calls) { path, state in
///         if state == .failed { print("\(path) failed") }
///     }
///     return results.map { $0.first ?? .nil }
/// })
/// ```
public enum LuaItemState: Hashable, Sendable {
    /// The function has started.
    case began
    /// The function has returned.
    case returned
    /// The function has raised an error.
    case failed
    /// The function was stopped because another function failed or the run was cancelled.
    case cancelled
}
