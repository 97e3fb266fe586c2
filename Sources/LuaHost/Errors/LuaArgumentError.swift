/// An error for an argument that a host function does not accept.
///
/// ```swift
/// func port(_ arguments: LuaArguments) throws(LuaArgumentError) -> Int64 {
///     let port = try arguments.integer(0)
///     guard (1...65_535).contains(port) else { throw arguments.invalid(0, "expected a port, got \(port)") }
///     return port
/// }
/// ```
public struct LuaArgumentError: Error, Sendable, Hashable, LuaErrorConvertible, CustomStringConvertible {
    /// The name of the function in scripts: `sp.create_app`.
    public let function: String
    /// The position of the argument, from 0.
    public let position: Int
    /// The name of the parameter; nil if it has none.
    public let name: String?
    /// The reason: `expected string, got nil`.
    public let reason: String

    /// Creates the error.
    public init(function: String, position: Int, name: String?, reason: String) {
        self.function = function
        self.position = position
        self.name = name
        self.reason = reason
    }

    /// One line: `sp.log: argument 1 (message): expected string, got nil`.
    public var description: String {
        "\(function): argument \(position + 1)\(name.map { " (\($0))" } ?? ""): \(reason)"
    }

    /// The fields of the error in Lua; `code` is `bad_argument`.
    public var luaValue: LuaTable {
        ["code": "bad_argument", "message": .string(description), "operation": .string(function)]
    }
}
