import CLuaBridge

/// The Lua state of a host, in this process or in a separate process.
///
/// Each function that enters Lua returns an outcome, whose bytes are valid until the next call. Only the actor of the
/// host uses a bridge.
protocol LuaBridge: AnyObject {
    /// Makes an environment that contains only the library; the outcome's handle names it.
    func makeEnvironment() -> luabridge_outcome
    /// Makes a host function, which errors call `name`; the outcome's handle is the function.
    func makeFunction(_ function: UInt32, kind: UInt8, name: String) -> luabridge_outcome
    /// Makes a function that other modules call; the outcome's handle is the function.
    func makeBoundary(_ function: luabridge_handle, sealing: luabridge_handle) -> luabridge_outcome
    /// Sets a global of an environment to a function.
    func setGlobal(_ name: String, to function: luabridge_handle, in environment: luabridge_handle) -> luabridge_outcome
    /// Adds a module to an environment; `values` are its name, the names of its functions, and its constants.
    ///
    /// Function i gets the id `firstFunction` + i, and the kind `kinds[i]` (`LUABRIDGE_WAITS`, `LUABRIDGE_TAKES_TEXT`).
    func install(
        _ values: ValueWriter, firstFunction: UInt32, kinds: [UInt8], in environment: luabridge_handle
    ) -> luabridge_outcome
    /// Compiles Lua text; the outcome's handle is the function.
    func load(_ source: [UInt8], name: String, in environment: luabridge_handle) -> luabridge_outcome
    /// Runs a slice, and as many of the next slices as cannot notice that the host has not seen the outcomes before.
    ///
    /// - Parameters:
    ///   - first: The slice to run in any case.
    ///   - next: Encodes the slice that follows; `nil` if no other slice can follow. The last ones need not run.
    ///   - charged: The CPU time of the host so far, in nanoseconds.
    ///   - receive: Gets the outcome of each slice that ran, in order, and whether the next slice follows. It must not use
    ///     the bridge, except ``breach()``.
    func run(
        _ first: EncodedSlice, next: () -> EncodedSlice?, charged: UInt64,
        _ receive: (luabridge_outcome, _ nextFollows: Bool) -> Void)
    /// Releases functions and environments that are anchored for Swift.
    func release(_ functions: [luabridge_handle])
    /// Clears a spent slice; a spent total stays spent.
    func rearm()
    /// Returns the ids of the Swift errors that Lua values still refer to, as uint64 numbers in the outcome's bytes.
    func liveErrors(collectingGarbage: Bool) -> luabridge_outcome
    /// Reports that the last outcome could not be read; this ends a separate process.
    ///
    /// - Returns: An outcome with an error.
    func breach() -> luabridge_outcome
    /// The resources that Lua uses now.
    var statistics: luabridge_statistics { get }
    /// The process in which Lua runs; nil if it is this process.
    var child: Int32? { get }
    /// For tests: fails the allocations `first` ..< `first + count`, with the next allocation as 1.
    func failAllocations(first: UInt64, count: UInt64)
    /// For tests: the number of allocations since `failAllocations`.
    var allocations: UInt64 { get }
}
