/// The limits of scripts.
///
/// Zero for `memory`, `slice` or `total` means no limit. Every limit of the host that a user can change is here, with
/// its reason.
///
/// ```swift
/// var limits = LuaHostLimits()
/// limits.memory = 64 << 20          // bytes
/// limits.slice = .milliseconds(200)  // CPU time between two waits
/// limits.total = .seconds(10)        // CPU time of the host
/// ```
public struct LuaHostLimits: Sendable, Hashable {
    /// Bytes that the Lua state may hold, plus those of the host for its functions, coroutines and current arguments.
    ///
    /// 256 MiB: an account of 10,000 apps is about 20 MiB of tables.
    public var memory = 256 << 20
    /// CPU time of a slice of Lua, between two waits.
    ///
    /// 2 s: a longer slice delays all other work of the host, and an endless loop is reported soon.
    public var slice: Duration = .seconds(2)
    /// CPU time of the host: of Lua and of the functions that it calls; waiting is free.
    ///
    /// 300 s: several times the CPU time of a run over ten thousand sites. It ends a loop over functions that need not
    /// wait, as on a simulated account.
    public var total: Duration = .seconds(300)
    /// Encoded bytes of the arguments of a call, or of the results of a run.
    ///
    /// 16 MiB: far above the largest response of an API, but small enough to stop a table whose shared parts multiply
    /// when it is encoded.
    public var valueBytes = 16 << 20
    /// Levels of nested tables in a value.
    ///
    /// 64: deeper nesting is a mistake, and recursion over values stays shallow.
    public var valueDepth = 64
    /// Coroutines that the host runs at once.
    ///
    /// 100,000: about 200 MB, ten times the design's 10,000.
    public var coroutines = 100_000
    /// Levels of `concurrently` inside `concurrently`.
    ///
    /// 32: each level holds a part of the native stack.
    public var nesting = 32
    /// Wall time after which a separate Lua process that uses no CPU time and does not answer counts as hanging.
    ///
    /// 20 s: Lua never waits inside of the process, and also on a busy machine a process that can run gets some time.
    public var stall: Duration = .seconds(20)

    /// Creates the default limits.
    public init() {}
}
