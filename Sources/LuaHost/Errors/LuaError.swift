/// An error that ended a script without a result.
///
/// ```swift
/// func run(_ script: String, in host: LuaHost) async {
///     do throws(LuaError) {
///         _ = try await host.run(source: script, name: "site.lua")
///     } catch {
///         print(error.code == .syntax ? "not valid Lua: \(error)" : "\(error)")
///         for frame in error.frames { print("  \(frame)") }
///     }
/// }
/// ```
public struct LuaError: Error, Sendable, CustomStringConvertible, LuaErrorConvertible {
    /// The kind of failure.
    public var code: Code
    /// The message, without the position in front; a single line unless the script raised more.
    public var message: String
    /// The error value that the script raised; `.nil` if it cannot be a ``LuaValue``.
    public var value: LuaValue
    /// The active calls, innermost first; empty for syntax errors.
    public var frames: [LuaFrame]
    /// The line that the error is about: the position that `error` put in front, else the innermost line of Lua code.
    public var site: LuaCallSite?
    /// The Swift error that a host function threw, if it ended the script.
    public var underlying: (any Error)?

    /// A kind of failure.
    ///
    /// Later versions can add kinds: switch with a default.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String { case syntax, runtime, memory, cpuBudget, cancelled, depth, values, host }
        private let kind: Kind

        /// The source is not valid Lua.
        public static let syntax = Code(kind: .syntax)
        /// The script or a host function raised an error.
        public static let runtime = Code(kind: .runtime)
        /// The script reached the memory limit.
        public static let memory = Code(kind: .memory)
        /// The script computed longer than its limits allow.
        public static let cpuBudget = Code(kind: .cpuBudget)
        /// The run was cancelled from outside, or because a concurrent function failed.
        public static let cancelled = Code(kind: .cancelled)
        /// Calls were nested too deeply, or too many coroutines ran at once.
        public static let depth = Code(kind: .depth)
        /// An argument or result cannot be passed between Swift and Lua.
        public static let values = Code(kind: .values)
        /// The host could not be set up, or the process that ran its Lua failed.
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

    /// The raised table, or `code` and `message` if the script raised no table.
    public var luaValue: LuaTable {
        if case .table(let table) = value { return table }
        return ["code": .string(code.description), "message": .string(description)]
    }
}
