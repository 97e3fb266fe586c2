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

    /// Creates a configuration; what scripts print is dropped unless `print` is given.
    public init(
        limits: LuaHostLimits = LuaHostLimits(), seed: UInt64 = 0, activity: (any HostActivity)? = nil,
        print: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.limits = limits
        self.seed = seed
        self.activity = activity
        self.print = print
    }
}
