/// Globals of their own: what code that was loaded in it sees, and what no other code can reach.
///
/// It has the standard library, whose tables are copies, and the modules that it was made with. It lives in Lua as long
/// as a copy of this value does, or code that was loaded in it.
public struct LuaEnvironment: Sendable {
    let anchor: FunctionAnchor
}
