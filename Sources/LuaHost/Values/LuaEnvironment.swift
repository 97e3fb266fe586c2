/// Separate globals, which only code loaded in the environment can reach.
///
/// The globals are the standard library, with copies of its tables, and the modules of the environment. The environment
/// lives in Lua as long as a copy of this value exists, or code that was loaded in it.
public struct LuaEnvironment: Sendable {
    let anchor: FunctionAnchor
}
