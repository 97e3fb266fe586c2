/// The configuration of a ``LuaHost``.
///
/// ```swift
/// var limits = LuaHostLimits()
/// limits.memory = 64 << 20
/// let configuration = LuaHostConfiguration(limits: limits, seed: 7, print: { print("lua:", $0) })
/// let host = try LuaHost(configuration: configuration)
/// ```
public struct LuaHostConfiguration: Sendable {
    /// The limits of scripts.
    public var limits: LuaHostLimits
    /// The seed of `math.random`, so that a run can be repeated.
    public var seed: UInt64
    /// A function that gets each line that a script prints, without the newline; bytes that are not UTF-8 are replaced.
    public var print: @Sendable (String) -> Void
    /// A counter of the host's work; nil if no clock needs it.
    public var activity: (any HostActivity)?

    /// A function that is called from another thread when a host cannot be stopped from inside.
    ///
    /// An instruction of Lua or a host function then computes longer than a slice may, or takes far more memory than the
    /// limit. The host is unusable and its thread is lost: only ending the process helps. If nil, the host only stops
    /// runs that it can stop.
    public var overrun: (@Sendable (LuaError) -> Void)?

    /// The memory of the program, which then counts to ``LuaHostLimits/memory`` together with that of Lua; nil to count
    /// only Lua's.
    ///
    /// A run that makes the program hold more fails with code `memory`.
    public var processMemory: ProcessMemory?

    /// Functions that all strings have as methods, such as `text:reveal()`; the string is the first argument.
    public var stringMethods: [HostFunction]

    /// The process in which Lua runs.
    public var isolation: LuaIsolation

    /// Creates a configuration; without `print`, printed lines are dropped.
    public init(
        limits: LuaHostLimits = LuaHostLimits(), seed: UInt64 = 0, activity: (any HostActivity)? = nil,
        overrun: (@Sendable (LuaError) -> Void)? = nil, processMemory: ProcessMemory? = nil,
        stringMethods: [HostFunction] = [], isolation: LuaIsolation = .inProcess,
        print: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.limits = limits
        self.seed = seed
        self.activity = activity
        self.overrun = overrun
        self.processMemory = processMemory
        self.stringMethods = stringMethods
        self.isolation = isolation
        self.print = print
    }
}
