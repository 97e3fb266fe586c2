/// A line of a script.
public struct LuaCallSite: Sendable, Hashable, CustomStringConvertible {
    /// The chunk name given to ``LuaHost/run(source:name:arguments:)``; `?` where no Lua code is in sight.
    public let source: String
    /// The line, from 1; 0 when unknown.
    public let line: Int

    /// Creates a place.
    public init(source: String, line: Int) {
        self.source = source
        self.line = line
    }

    /// `site.lua:12`.
    public var description: String { "\(source):\(line)" }
}
