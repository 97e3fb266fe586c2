/// A Swift error that is a table in Lua.
///
/// `pcall` returns a table with these fields. The host adds a metatable that all such errors share: `tostring(e)` is
/// the field `message`. An error that does not conform is a string in Lua, with the position of the call in front.
///
/// ```swift
/// struct Conflict: LuaErrorConvertible {
///     let name: String
///
///     var luaValue: LuaTable {
///         ["code": "conflict", "message": .string("the app '\(name)' exists"), "object": .string(name)]
///     }
/// }
/// ```
public protocol LuaErrorConvertible: Error {
    /// The fields: at least `code` and `message`, and others that help, as `status`, `operation`, `object`, `hint`.
    var luaValue: LuaTable { get }
}
