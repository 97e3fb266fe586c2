/// One row of the table of host functions: a Swift function that scripts can call, with its documentation.
///
/// The table is the single source of registration, argument errors, editor stubs and reference pages.
/// ```swift
/// HostFunction("add", parameters: [.init("a", "integer"), .init("b", "integer")], results: ["integer"],
///     documentation: "Adds two integers.", sync: { arguments in
///         [.integer(try arguments.integer(0) + arguments.integer(1))]
///     })
/// ```
public struct HostFunction: Sendable {
    /// The name inside its module: `create_app`.
    public var name: String
    /// What it takes, in order.
    public var parameters: [HostParameter]
    /// The types of what it gives, as editor stubs write them: `ServerPilot.App`, `string|nil`.
    public var results: [String]
    /// What it does, one sentence first.
    public var documentation: String
    /// The Swift side.
    public var body: Body

    /// A function that may wait: on the actor of the ``LuaHost`` that calls it.
    ///
    /// So one host's functions begin and go on in one order, whatever threads there are; what leaves the actor stays in
    /// its queue. Write its closures without a capture list all the same: Swift 6.3 lets one with a list leave the actor
    /// (measured; `HostFunctionActorTests`), and it loses the safety of being serial by its type.
    public typealias Suspending = nonisolated(nonsending) @Sendable (LuaCall) async throws -> [LuaValue]

    /// How the Swift side runs.
    public enum Body: Sendable {
        /// Returns before Lua goes on, and may be called anywhere.
        case sync(@Sendable (LuaArguments) throws -> [LuaValue])
        /// Suspends the coroutine that called it. Runs on the actor of the ``LuaHost``. A call from a place
        /// where Lua cannot suspend is refused before the body starts.
        case async(Suspending)
    }

    /// Creates a row.
    public init(
        name: String, parameters: [HostParameter] = [], results: [String] = [], documentation: String = "", body: Body
    ) {
        self.name = name
        self.parameters = parameters
        self.results = results
        self.documentation = documentation
        self.body = body
    }

    /// Creates a row for a function that returns at once.
    public init(
        _ name: String, parameters: [HostParameter] = [], results: [String] = [], documentation: String = "",
        sync body: @escaping @Sendable (LuaArguments) throws -> [LuaValue]
    ) {
        self.init(
            name: name, parameters: parameters, results: results, documentation: documentation, body: .sync(body))
    }

    /// Creates a row for a function that waits.
    public init(
        _ name: String, parameters: [HostParameter] = [], results: [String] = [], documentation: String = "",
        async body: @escaping Suspending
    ) {
        self.init(
            name: name, parameters: parameters, results: results, documentation: documentation, body: .async(body))
    }
}
