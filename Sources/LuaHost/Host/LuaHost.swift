internal import CLuaBridge

/// A Lua 5.4 state for Swift: runs scripts that call Swift functions, sync and async.
///
/// A host is an actor, and a run is serial: Lua code and the bodies of host functions never run at the same time. An
/// async host function suspends only the Lua coroutine that called it.
///
/// ```swift
/// func order(price: @escaping @Sendable (String) async throws -> Int64) async throws -> [LuaValue] {
///     let module = HostModule(
///         name: "shop",
///         functions: [
///             HostFunction("price", async: { call in [.integer(try await price(try call.arguments.string(0)))] })
///         ])
///     let host = try LuaHost(modules: [module])
///     return try await host.run(source: "return shop.price('apple') * 3", name: "order.lua")
/// }
/// ```
public actor LuaHost {
    let configuration: LuaHostConfiguration
    let state: BridgeState
    nonisolated let runs: CancellationGroup
    nonisolated let executor: HostExecutor
    private let watch: HostWatch?
    /// The slices of coroutines whose operations have ended, in the order in which they ended.
    var ready: [Slice] = []
    /// The batches under way that collect failures, by the path of their first function.
    var collecting: [LuaCoroutinePath: Batch] = [:]
    /// The most such slices: each holds a result and the stack of a task, about 2 KB, and more save no round trips.
    static let mostReady = 250

    /// The executor of the host: a single queue for all of its work, so that every run has the same order.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The same queue, for tasks that the body of a host function creates.
    public nonisolated var taskExecutor: any TaskExecutor { executor }

    /// Opens a Lua state with the modules as globals.
    ///
    /// - Throws: ``LuaError`` with code `host` if the state cannot be opened, or if two members of a module have the
    ///   same name.
    public init(configuration: LuaHostConfiguration = LuaHostConfiguration(), modules: [HostModule] = [])
        throws(LuaError)
    {
        let runs = CancellationGroup()
        let executor = HostExecutor()
        self.configuration = configuration
        self.runs = runs
        self.executor = executor
        state = try BridgeState(configuration: configuration, modules: modules, runs: runs, meter: executor.meter)
        let memory = configuration.limits.memory > 0 ? configuration.processMemory : nil
        let child = state.child
        watch =
            memory == nil && configuration.overrun == nil
            ? nil
            : HostWatch(
                executor.meter, slice: configuration.limits.slice.nanoseconds,
                memory: memory.map { HostWatch.Memory(process: $0, child: child, limit: configuration.limits.memory) },
                runs: runs, onOverrun: configuration.overrun)
    }

    /// Runs a script and returns its results.
    ///
    /// Cancelling the task that awaits this call cancels the run, even while Lua computes.
    ///
    /// - Parameters:
    ///   - source: Lua text. A first line that starts with `#` is skipped, so scripts can be executable.
    ///   - name: The chunk name that errors and tracebacks show: `site.lua`.
    ///   - arguments: The values of `...` in the script.
    /// - Returns: The values that the script returns.
    /// - Throws: ``LuaError``.
    public func run(source: String, name: String, arguments: [LuaValue] = []) async throws(LuaError) -> [LuaValue] {
        try await run(source: Array(source.utf8), name: name, arguments: arguments)
    }

    /// Runs a script given as bytes; see ``run(source:name:arguments:)-(String,_,_)``.
    ///
    /// - Parameters:
    ///   - source: Lua text, not bytecode.
    ///   - name: The chunk name.
    ///   - arguments: The values of `...` in the script.
    /// - Returns: The values that the script returns.
    /// - Throws: ``LuaError``.
    public func run(source: [UInt8], name: String, arguments: [LuaValue] = []) async throws(LuaError) -> [LuaValue] {
        try await execute(arguments) { state throws(LuaError) in try state.load(source, name: name) }
    }

    /// Makes an environment: globals that only code loaded in it can reach.
    ///
    /// - Parameters:
    ///   - modules: The host modules of the environment.
    ///   - functions: Host functions that are globals of the environment.
    /// - Returns: The environment.
    /// - Throws: ``LuaError`` if memory is short, or if two members of a module have the same name.
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
    ///   - environment: The environment whose globals the text uses; by default the first environment of the host.
    /// - Returns: The function that runs the text.
    /// - Throws: ``LuaError`` with code `syntax`, or with code `host` for an environment of another host.
    public func load(source: [UInt8], name: String, in environment: LuaEnvironment? = nil) throws(LuaError)
        -> LuaFunction
    {
        try state.load(source, name: name, in: environment)
    }

    /// Makes a Lua function from a Swift function, to pass to Lua code.
    ///
    /// - Throws: ``LuaError`` if memory is short.
    public func makeFunction(_ function: HostFunction) throws(LuaError) -> LuaFunction {
        try state.makeFunction(function)
    }

    /// Makes a function that code of another environment can call without sharing a table with this one.
    ///
    /// It copies its arguments and its results, without metatables. Functions among them copy in the same way when they
    /// are called. A coroutine among them is an error.
    ///
    /// - Parameters:
    ///   - function: The function to call.
    ///   - sealing: A sync function that gets each text with a ``LuaSeal`` that crosses, and returns the text that
    ///     crosses in its place; nil to pass such texts on unchanged.
    /// - Returns: The function for other environments.
    /// - Throws: ``LuaError`` if memory is short.
    public func makeBoundary(of function: LuaFunction, sealing: LuaFunction? = nil) throws(LuaError) -> LuaFunction {
        try state.makeBoundary(of: function, sealing: sealing)
    }

    /// Calls a Lua function, as a separate run, and returns its results.
    ///
    /// - Throws: ``LuaError``.
    public func call(_ function: LuaFunction, arguments: [LuaValue] = []) async throws(LuaError) -> [LuaValue] {
        try await execute(arguments) { _ throws(LuaError) in function }
    }

    /// Calls functions concurrently for a call of an async host function; see ``LuaCall/concurrently(_:limit:onChange:)``.
    ///
    /// - Parameters:
    ///   - calls: The functions to call, with arguments; they start in this order.
    ///   - limit: The most functions that run at once, at least 1; nil for all.
    ///   - call: The call whose script waits for the results.
    ///   - onChange: Called on this actor whenever a function starts or ends, with the path of its coroutine.
    /// - Returns: The results of each function, in the order of `calls`.
    /// - Throws: ``LuaConcurrentFailure``.
    public func concurrently(
        _ calls: [LuaInvocation], limit: Int? = nil, from call: LuaCall,
        onChange: @escaping @Sendable (_ path: LuaCoroutinePath, _ state: LuaItemState) -> Void = { _, _ in }
    ) async throws(LuaConcurrentFailure) -> [[LuaValue]] {
        let order = LuaConcurrency(limit: limit)
        return try await runBatch(calls, order, from: call, onChange).map { (try? $0.get()) ?? [] }
    }

    /// Stops all runs, now and for good, from any thread.
    ///
    /// Running Lua code gets an error that scripts cannot catch, waits are cancelled, and every later run fails with
    /// code `cancelled`.
    public nonisolated func cancel() {
        runs.cancel()
    }

    /// The resources that the host uses now.
    public var statistics: LuaHostStatistics {
        state.statistics
    }

    /// The version of Lua that the host contains: `Lua 5.4.4`.
    public static var luaVersion: String { String(cString: luabridge_lua_version()) }
}
