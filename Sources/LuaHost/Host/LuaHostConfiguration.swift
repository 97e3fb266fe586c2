/// How a ``LuaHost`` is set up.
public struct LuaHostConfiguration: Sendable {
    /// What scripts may use.
    public var limits: LuaHostLimits
    /// Seeds `math.random`, so that a run can be repeated.
    public var seed: UInt64
    /// Gets each line that a script prints, without the newline; bytes that are not UTF-8 are replaced.
    public var print: @Sendable (String) -> Void
    /// Is told when there is work to do; nil when nobody needs to know.
    public var activity: (any HostActivity)?

    /// Is told, from another thread, when a slice cannot be stopped from inside: one instruction of Lua or one host
    /// function computes longer than a slice may.
    ///
    /// The host is of no use then, and the thread lost: only the end of the process helps. Without it nobody watches.
    public var overrun: (@Sendable () -> Void)?

    /// Where Lua runs.
    public var isolation: LuaIsolation

    /// Creates a configuration; what scripts print is dropped unless `print` is given.
    public init(
        limits: LuaHostLimits = LuaHostLimits(), seed: UInt64 = 0, activity: (any HostActivity)? = nil,
        overrun: (@Sendable () -> Void)? = nil, isolation: LuaIsolation = .inProcess,
        print: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.limits = limits
        self.seed = seed
        self.activity = activity
        self.overrun = overrun
        self.isolation = isolation
        self.print = print
    }
}
