/// A Lua function and the arguments to call it with.
public struct LuaInvocation: Sendable, Hashable {
    /// The function.
    public var function: LuaFunction
    /// The arguments.
    public var arguments: [LuaValue]

    /// Creates an invocation.
    public init(_ function: LuaFunction, _ arguments: [LuaValue] = []) {
        self.function = function
        self.arguments = arguments
    }
}
