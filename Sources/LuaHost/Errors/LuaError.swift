/// Why a script ended without a result.
public struct LuaError: Error, Sendable, CustomStringConvertible, LuaErrorConvertible {
    /// What kind of failure it is.
    public var code: Code
    /// What happened, without the position in front; one line where the script does not say more.
    public var message: String
    /// The error value that the script raised, as data; `.nil` where it cannot be data.
    public var value: LuaValue
    /// The calls that were active, innermost first; empty for syntax errors.
    public var frames: [LuaFrame]
    /// The place that the error is about: what `error` put in front, else the innermost line of Lua code.
    public var site: LuaCallSite?
    /// The Swift error that a host function threw, when it is what ended the script.
    public var underlying: (any Error)?

    /// A kind of failure.
    ///
    /// More may come: switch with a default.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String { case syntax, runtime, memory, cpuBudget, cancelled, depth, values, host }
        private let kind: Kind

        /// The source is not Lua.
        public static let syntax = Code(kind: .syntax)
        /// The script raised an error, or a host function did.
        public static let runtime = Code(kind: .runtime)
        /// The memory limit was reached.
        public static let memory = Code(kind: .memory)
        /// The script computed longer than it may.
        public static let cpuBudget = Code(kind: .cpuBudget)
        /// The run was cancelled from outside, or because a sibling failed.
        public static let cancelled = Code(kind: .cancelled)
        /// Calls were nested too deeply.
        public static let depth = Code(kind: .depth)
        /// An argument or result cannot cross between Swift and Lua.
        public static let values = Code(kind: .values)
        /// The host could not be set up.
        public static let host = Code(kind: .host)

        /// The name of the constant.
        public var description: String { kind.rawValue }
    }

    /// Creates an error.
    public init(
        code: Code, message: String, value: LuaValue = .nil, frames: [LuaFrame] = [], site: LuaCallSite? = nil,
        underlying: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.value = value
        self.frames = frames
        self.site = site
        self.underlying = underlying
    }

    /// `site.lua:12: message`.
    public var description: String {
        site.map { "\($0): \(message)" } ?? message
    }

    /// The raised table when there was one, else `code` and `message`.
    public var luaValue: LuaTable {
        if case .table(let table) = value { return table }
        return ["code": .string(code.description), "message": .string(description)]
    }
}
