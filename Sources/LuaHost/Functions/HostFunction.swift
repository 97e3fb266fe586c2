/// A Swift function that scripts can call, with its documentation: a row of the table of host functions.
///
/// The table is the single source of registration, argument errors, editor stubs and reference pages.
///
/// ```swift
/// let add = HostFunction(
///     "add", parameters: [HostParameter("a", "integer"), HostParameter("b", "integer")], results: ["integer"],
///     documentation: "Adds two integers.",
///     sync: { arguments in [.integer(try arguments.integer(0) + arguments.integer(1))] })
/// ```
public struct HostFunction: Sendable {
    /// The name inside its module: `create_app`.
    public var name: String
    /// The parameters, in order.
    public var parameters: [HostParameter]
    /// The types of the results, as editor stubs write them: `ServerPilot.App`, `string|nil`.
    public var results: [String]
    /// The description, with a one-sentence summary first.
    public var documentation: String
    /// The Swift implementation.
    public var body: Body

    /// A function that may wait, and that runs on the actor of the ``LuaHost`` that calls it.
    ///
    /// The functions of a host start and continue in the same order in every run, whatever threads exist: code that
    /// leaves the actor stays in its queue. Still, write closures of this type without a capture list. Swift 6.3 lets a
    /// closure with a capture list leave the actor (measured; `HostFunctionActorTests`). Its type then no longer
    /// guarantees that it is serial.
    public typealias Suspending = nonisolated(nonsending) @Sendable (LuaCall) async throws -> [LuaValue]

    /// The implementation of a host function, which returns at once or waits.
    public enum Body: Sendable {
        /// A function that returns before Lua continues. Scripts can call it anywhere.
        case sync(@Sendable (LuaArguments) throws -> [LuaValue])
        /// A function that suspends the coroutine that called it, and runs on the actor of the ``LuaHost``. A call from
        /// a place where Lua cannot suspend fails before the body starts.
        case async(Suspending)
    }

    /// Creates a host function.
    public init(
        name: String, parameters: [HostParameter] = [], results: [String] = [], documentation: String = "", body: Body
    ) {
        self.name = name
        self.parameters = parameters
        self.results = results
        self.documentation = documentation
        self.body = body
    }

    /// Creates a host function that returns at once.
    public init(
        _ name: String, parameters: [HostParameter] = [], results: [String] = [], documentation: String = "",
        sync body: @escaping @Sendable (LuaArguments) throws -> [LuaValue]
    ) {
        self.init(
            name: name, parameters: parameters, results: results, documentation: documentation, body: .sync(body))
    }

    /// Creates a host function that waits.
    public init(
        _ name: String, parameters: [HostParameter] = [], results: [String] = [], documentation: String = "",
        async body: @escaping Suspending
    ) {
        self.init(
            name: name, parameters: parameters, results: results, documentation: documentation, body: .async(body))
    }
}
