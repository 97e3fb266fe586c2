/// What a script may use.
///
/// Zero for `memory`, `slice` or `total` means that there is no such limit.
/// Every limit of the host that a user can change is here, with its reason.
public struct LuaHostLimits: Sendable, Hashable {
    /// Bytes that the Lua state may hold, with what the host holds of it: functions, coroutines, and the arguments of a
    /// call while it is made.
    ///
    /// 256 MiB: an account of 10,000 apps is about 20 MiB of tables.
    public var memory = 256 << 20
    /// CPU time of one slice of Lua, between two waits.
    ///
    /// 2 s: a slice that computes longer holds up everything else of the host, and an endless loop is reported soon.
    public var slice: Duration = .seconds(2)
    /// CPU time of all that the host computes, Lua and the functions that it calls; waiting is free.
    ///
    /// 300 s: several times what a run over ten thousand sites uses. A loop over functions that do not have to wait, as
    /// on a simulated account, ends by this.
    public var total: Duration = .seconds(300)
    /// Encoded bytes of the arguments of one call, or of the results of a run.
    ///
    /// 16 MiB: far above the largest reply of an API, and small enough that a table that shares its parts cannot
    /// multiply out.
    public var valueBytes = 16 << 20
    /// Levels of tables in one value.
    ///
    /// 64: deeper is a mistake, and recursion over values stays shallow.
    public var valueDepth = 64
    /// Coroutines that the host runs at once.
    ///
    /// 100,000: about 200 MB, ten times the design's 10,000.
    public var coroutines = 100_000
    /// Levels of `concurrently` inside `concurrently`.
    ///
    /// 32: each holds a piece of the native stack.
    public var nesting = 32

    /// The defaults.
    public init() {}
}
