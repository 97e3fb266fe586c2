/// A handle to a function that lives in Lua; a host function gets it when a script passes a function.
///
/// The function lives in Lua as long as a copy of the handle exists. Call it with ``LuaHost/call(_:arguments:)`` or
/// ``LuaCall/concurrently(_:limit:onChange:)``, or pass it back to the Lua it came from. Another host rejects it.
///
/// ```swift
/// func double(_ value: Int64, in host: LuaHost) async throws -> LuaValue {
///     let results = try await host.run(source: "return function(x) return 2 * x end", name: "double.lua")
///     guard case .function(let function) = results[0] else { return .nil }
///     return try await host.call(function, arguments: [.integer(value)])[0]
/// }
/// ```
public struct LuaFunction: Sendable, Hashable {
    let anchor: FunctionAnchor

    /// Returns whether two handles are copies of the same handle.
    public static func == (left: LuaFunction, right: LuaFunction) -> Bool {
        left.anchor === right.anchor
    }

    /// Hashes the identity of the handle.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(anchor))
    }
}
