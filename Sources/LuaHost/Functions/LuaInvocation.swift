/// A Lua function and the arguments to call it with.
///
/// ```swift
/// func calls(of function: LuaFunction, for sites: [String]) -> [LuaInvocation] {
///     sites.map { LuaInvocation(function, [.string($0)]) }
/// }
/// ```
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
