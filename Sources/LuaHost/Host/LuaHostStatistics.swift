/// The resources that a host uses at a moment.
///
/// ```swift
/// func report(on host: LuaHost) async {
///     let statistics = await host.statistics
///     print("\(statistics.peakBytes / 1024) KiB, \(statistics.cpuTime) of CPU")
/// }
/// ```
public struct LuaHostStatistics: Sendable, Hashable {
    /// The number of coroutines that the host runs, also while they wait, without those that scripts make.
    public var liveCoroutines: Int
    /// The bytes that Lua holds, plus those of the host for its functions and coroutines.
    public var bytesInUse: Int
    /// The largest number of such bytes so far.
    public var peakBytes: Int
    /// The number of functions kept alive in Lua for Swift, and of Swift errors kept for error values in Lua.
    public var liveHandles: Int
    /// The number of async host functions that have not ended.
    public var pendingOperations: Int
    /// The CPU time of Lua and of host functions, up to the end of the last slice.
    public var cpuTime: Duration
}
