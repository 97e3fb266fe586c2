/// A line of a script.
///
/// ```swift
/// let warn = HostFunction("warn", sync: { arguments in
///     print("\(arguments.site): \(try arguments.string(0))")  // site.lua:12: no backup
///     return []
/// })
/// ```
public struct LuaCallSite: Sendable, Hashable, CustomStringConvertible {
    /// The chunk name passed to ``LuaHost/run(source:name:arguments:)``; `?` if no Lua code is on the stack.
    public let source: String
    /// The line, from 1; 0 when unknown.
    public let line: Int

    /// Creates a call site.
    public init(source: String, line: Int) {
        self.source = source
        self.line = line
    }

    /// `site.lua:12`.
    public var description: String { "\(source):\(line)" }
}
