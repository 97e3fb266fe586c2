/// What a host holds at this moment.
public struct LuaHostStatistics: Sendable, Hashable {
    /// Coroutines that the host runs, waiting ones included; not those that scripts make for themselves.
    public var liveCoroutines: Int
    /// Bytes that Lua holds.
    public var bytesInUse: Int
    /// The most bytes that Lua held.
    public var peakBytes: Int
    /// Functions kept alive in Lua for Swift, and Swift errors kept for error values in Lua.
    public var liveHandles: Int
    /// Async host functions that have not ended.
    public var pendingOperations: Int
    /// CPU time that Lua used.
    public var cpuTime: Duration
}
