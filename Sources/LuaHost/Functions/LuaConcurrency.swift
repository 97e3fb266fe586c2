/// The order in which a call runs functions concurrently, and the effect of a failure.
///
/// ```swift
/// func restart(_ calls: [LuaInvocation], servers: [Int], for call: LuaCall) async throws -> Int {
///     // At most 20 at once, and one at a time on each server.
///     let order = LuaConcurrency(limit: 20, lanes: servers, collectsFailures: true)
///     let results = try await call.results(of: calls, order)
///     return results.count { (try? $0.get()) == nil }
/// }
/// ```
public struct LuaConcurrency: Hashable, Sendable {
    /// The most functions that run at once, at least 1; `nil` for all.
    public var limit: Int?
    /// The lane of each function, any number; `nil` if each function has its own.
    ///
    /// Functions of one lane run one at a time, in their order.
    public var lanes: [Int]?
    /// Whether the failure of a function leaves the others running.
    public var collectsFailures: Bool

    /// Creates an order.
    ///
    /// - Parameters:
    ///   - limit: The most functions that run at once, at least 1; `nil` for all.
    ///   - lanes: The lane of each function; functions of one lane run one at a time.
    ///   - collectsFailures: Whether the failure of a function leaves the others running.
    public init(limit: Int? = nil, lanes: [Int]? = nil, collectsFailures: Bool = false) {
        self.limit = limit
        self.lanes = lanes
        self.collectsFailures = collectsFailures
    }
}
