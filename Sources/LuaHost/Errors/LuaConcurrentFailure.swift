/// The failure of a function that ran concurrently with others, which were then cancelled.
///
/// ```swift
/// func deploy(_ calls: [LuaInvocation], for call: LuaCall) async throws {
///     do throws(LuaConcurrentFailure) {
///         _ = try await call.concurrently(calls)
///     } catch {
///         print("site \(error.index + 1) failed: \(error.error.message)")
///         throw error
///     }
/// }
/// ```
public struct LuaConcurrentFailure: Error, Sendable, LuaErrorConvertible, CustomStringConvertible {
    /// The position of the function that failed first, from 0.
    public let index: Int
    /// The error of that function.
    public let error: LuaError

    /// `item 3: site.lua:12: …`.
    public var description: String { "item \(index + 1): \(error)" }

    /// The fields of ``error`` in Lua, with a `message` that names the item and an `index` from 1.
    public var luaValue: LuaTable {
        var fields = error.luaValue
        fields["message"] = .string(description)
        fields["index"] = .integer(Int64(index) + 1)
        return fields
    }
}
