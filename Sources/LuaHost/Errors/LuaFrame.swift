/// A level of a Lua call stack.
///
/// ```swift
/// func trace(_ error: LuaError) -> String {
///     error.frames.filter { $0.line != nil }.map(\.description).joined(separator: "\n")
/// }
/// ```
public struct LuaFrame: Sendable, Hashable, CustomStringConvertible {
    /// The chunk name; `[C]` for a function that is not Lua code.
    public let source: String
    /// The line that was running, from 1; nil for functions that are not Lua code.
    public let line: Int?
    /// The name that the caller used, `main chunk`, or the place of the function's definition; `?` if unknown.
    public let function: String

    /// Creates a frame.
    public init(source: String, line: Int?, function: String) {
        self.source = source
        self.line = line
        self.function = function
    }

    /// `site.lua:12: in deploy`.
    public var description: String {
        "\(source)\(line.map { ":\($0)" } ?? ""): in \(function)"
    }
}
