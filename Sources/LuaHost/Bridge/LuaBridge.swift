import CLuaBridge

/// Where the Lua of a host runs: in this process, or in one of its own.
///
/// Each function that enters Lua gives an outcome, whose bytes are valid until the next one is called. Used on the actor
/// of the host only.
protocol LuaBridge: AnyObject {
    /// Makes an environment with the library and nothing else; the outcome's handle names it.
    func makeEnvironment() -> luabridge_outcome
    /// Makes a host function that errors call `name`; the outcome's handle is the function.
    func makeFunction(_ function: UInt32, waits: Bool, name: String) -> luabridge_outcome
    /// Makes a function a global of an environment.
    func setGlobal(_ name: String, to function: luabridge_handle, in environment: luabridge_handle) -> luabridge_outcome
    /// Adds a module to an environment; `values` hold its name, the names of its functions and its constants, and bit
    /// i % 8 of `waits[i / 8]` says that function i is async.
    func install(
        _ values: ValueWriter, firstFunction: UInt32, waits: [UInt8], in environment: luabridge_handle
    ) -> luabridge_outcome
    /// Compiles Lua text; the outcome's handle is the function.
    func load(_ source: [UInt8], name: String, in environment: luabridge_handle) -> luabridge_outcome
    /// Makes a coroutine for a function; the outcome's handle is the coroutine, which has not started.
    func create(_ function: luabridge_handle, _ arguments: ValueWriter) -> luabridge_outcome
    /// Starts a coroutine; `charged` is the CPU time of the host so far, in nanoseconds.
    func start(_ coroutine: luabridge_handle, charged: UInt64) -> luabridge_outcome
    /// Delivers the result of the operation that a coroutine is parked on; `stop` is one of LUABRIDGE_LIVE, ….
    func resume(
        _ coroutine: luabridge_handle, _ operation: UInt64, verdict: Int32, _ reply: luabridge_reply, stop: Int,
        charged: UInt64
    ) -> luabridge_outcome
    /// Lets go of functions that were encoded for Swift.
    func release(_ functions: [luabridge_handle])
    /// Forgets a spent slice; the total stays spent.
    func rearm()
    /// Ids of the Swift errors that Lua values still refer to, as an array of uint64 in the outcome's bytes.
    func liveErrors(collectingGarbage: Bool) -> luabridge_outcome
    /// The last outcome could not be read: nothing more is taken from there.
    ///
    /// - Returns: an outcome that says so.
    func breach() -> luabridge_outcome
    /// What Lua holds at this moment.
    var statistics: luabridge_statistics { get }
    /// For tests: of the allocations from now on, fails those numbered `first` ..< `first + count`, from 1.
    func failAllocations(first: UInt64, count: UInt64)
    /// For tests: how many allocations there were since `failAllocations`.
    var allocations: UInt64 { get }
}
