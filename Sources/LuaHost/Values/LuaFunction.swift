/// A handle to a function that lives in Lua: what a host function gets when a script passes a function.
///
/// The function stays alive in Lua as long as a copy of the handle does. The handle can be called with
/// ``LuaHost/call(_:arguments:)`` or ``LuaCall/concurrently(_:limit:)`` and can be given back to the Lua
/// it came from; another host refuses it.
public struct LuaFunction: Sendable, Hashable {
    let anchor: FunctionAnchor

    /// Two handles are equal when they are copies of one.
    public static func == (left: LuaFunction, right: LuaFunction) -> Bool {
        left.anchor === right.anchor
    }

    /// Hashes the identity of the handle.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(anchor))
    }
}
