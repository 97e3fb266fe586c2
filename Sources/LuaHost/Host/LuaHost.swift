internal import CLuaBridge

/// A Lua 5.4 state for Swift: runs scripts that call Swift functions, sync and async.
///
/// A host is an actor and a run is serial: Lua code and the bodies of host functions never run at the same
/// time. Async host functions suspend only the Lua coroutine that called them.
/// ```swift
/// let module = HostModule(name: "shop", functions: [
///     HostFunction("price", async: { call in [.integer(try await prices.look(up: call.arguments.string(0)))] })
/// ])
/// let host = try LuaHost(modules: [module])
/// let results = try await host.run(source: "return shop.price('apple') * 3", name: "order.lua")
/// ```
public actor LuaHost {
    let configuration: LuaHostConfiguration
    let state: BridgeState
    nonisolated let runs: CancellationGroup
    nonisolated let executor: HostExecutor
    private let watch: ExecutorWatch?

    /// One queue for all that belongs to the host, so that a run takes the same turns each time.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The same queue, for the tasks that the body of a host function makes itself.
    public nonisolated var taskExecutor: any TaskExecutor { executor }

    /// Opens a Lua state with the modules as globals.
    ///
    /// - Throws: ``LuaError`` with code `host` when the state cannot be opened, or when two functions or
    ///   modules have one name.
    public init(configuration: LuaHostConfiguration = LuaHostConfiguration(), modules: [HostModule] = [])
        throws(LuaError)
    {
        let runs = CancellationGroup()
        let executor = HostExecutor()
        self.configuration = configuration
        self.runs = runs
        self.executor = executor
        let slice = configuration.limits.slice.nanoseconds
        watch = configuration.overrun.flatMap {
            slice > 0 ? ExecutorWatch(executor.meter, slice: slice, onOverrun: $0) : nil
        }
        state = try BridgeState(configuration: configuration, modules: modules, runs: runs, meter: executor.meter)
    }

    /// Runs a script and gives what it returns.
    ///
    /// Cancelling the task that awaits this cancels the run, even while Lua is computing.
    ///
    /// - Parameters:
    ///   - source: Lua text. A first line that starts with `#` is skipped, so scripts can be executable.
    ///   - name: The chunk name that errors and tracebacks show: `site.lua`.
    ///   - arguments: What the script gets as `...`.
    /// - Returns: What the script returns.
    /// - Throws: ``LuaError``.
    public func run(source: String, name: String, arguments: [LuaValue] = []) async throws(LuaError) -> [LuaValue] {
        try await run(source: Array(source.utf8), name: name, arguments: arguments)
    }

    /// Runs a script given as bytes; see ``run(source:name:arguments:)-(String,_,_)``.
    ///
    /// - Parameters:
    ///   - source: Lua text, not bytecode.
    ///   - name: The chunk name.
    ///   - arguments: What the script gets as `...`.
    /// - Returns: What the script returns.
    /// - Throws: ``LuaError``.
    public func run(source: [UInt8], name: String, arguments: [LuaValue] = []) async throws(LuaError) -> [LuaValue] {
        try await execute(arguments) { state throws(LuaError) in try state.load(source, name: name) }
    }

    /// Makes an environment: globals that only the code that is loaded in it can reach.
    ///
    /// - Parameters:
    ///   - modules: Its host modules.
    ///   - functions: Host functions that are globals themselves.
    /// - Returns: The environment.
    /// - Throws: ``LuaError``: memory is short, two members have one name.
    public func makeEnvironment(modules: [HostModule] = [], functions: [HostFunction] = []) throws(LuaError)
        -> LuaEnvironment
    {
        try state.makeEnvironment(modules, functions)
    }

    /// Compiles Lua text without running it.
    ///
    /// - Parameters:
    ///   - source: Lua text, not bytecode; a first line that starts with `#` is skipped.
    ///   - name: The chunk name.
    ///   - environment: Where its globals are; the host's first one if nothing is given.
    /// - Returns: What runs it.
    /// - Throws: ``LuaError`` with code `syntax`, and of an environment of another host with code `host`.
    public func load(source: [UInt8], name: String, in environment: LuaEnvironment? = nil) throws(LuaError)
        -> LuaFunction
    {
        try state.load(source, name: name, in: environment)
    }

    /// Makes a function of Swift one that Lua code can be given.
    ///
    /// - Throws: ``LuaError`` where memory is short.
    public func makeFunction(_ function: HostFunction) throws(LuaError) -> LuaFunction {
        try state.makeFunction(function)
    }

    /// Calls a Lua function and gives what it returns, as a run of its own.
    ///
    /// - Throws: ``LuaError``.
    public func call(_ function: LuaFunction, arguments: [LuaValue] = []) async throws(LuaError) -> [LuaValue] {
        try await execute(arguments) { _ throws(LuaError) in function }
    }

    /// Calls functions side by side on behalf of an async host function; see ``LuaCall/concurrently(_:limit:)``.
    ///
    /// - Parameters:
    ///   - calls: What to call; they start in this order.
    ///   - limit: How many may run at once, at least 1; nil for all.
    ///   - call: The call whose script waits for this.
    /// - Returns: What each function returned, in the order of `calls`.
    /// - Throws: ``LuaConcurrentFailure``.
    public func concurrently(_ calls: [LuaInvocation], limit: Int? = nil, from call: LuaCall)
        async throws(LuaConcurrentFailure) -> [[LuaValue]]
    {
        try await runBatch(calls, limit: limit, from: call)
    }

    /// Stops everything, now and for good, from any thread: Lua that computes raises, waits are cancelled, and every
    /// later run fails with code `cancelled`.
    ///
    /// Scripts cannot catch it.
    public nonisolated func cancel() {
        runs.cancel()
    }

    /// What the host holds at this moment.
    public var statistics: LuaHostStatistics {
        state.statistics
    }

    /// The version of Lua inside: `Lua 5.4.4`.
    public static var luaVersion: String { String(cString: luabridge_lua_version()) }
}
