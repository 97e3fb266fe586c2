/// A Swift error that scripts get as a table.
///
/// `pcall` gives a table with these fields, to which the host adds a metatable shared by all such errors:
/// `tostring(e)` is the field `message`. An error that does not conform is a plain string for Lua, with
/// the position of the call in front.
public protocol LuaErrorConvertible: Error {
    /// The fields: `code` and `message` at least, and what else helps: `status`, `operation`, `object`, `hint`.
    var luaValue: LuaTable { get }
}
