/// A host function was called with an argument that it cannot take.
public struct LuaArgumentError: Error, Sendable, Hashable, LuaErrorConvertible, CustomStringConvertible {
    /// The name that scripts call: `sp.create_app`.
    public let function: String
    /// The position, from 0.
    public let position: Int
    /// The name of the parameter, when it has one.
    public let name: String?
    /// What is wrong with it.
    public let reason: String

    /// Creates the error.
    public init(function: String, position: Int, name: String?, reason: String) {
        self.function = function
        self.position = position
        self.name = name
        self.reason = reason
    }

    /// One line: `sp.log: argument 1 (message): string expected, got nil`.
    public var description: String {
        "\(function): argument \(position + 1)\(name.map { " (\($0))" } ?? ""): \(reason)"
    }

    /// The fields of the error in Lua; `code` is `bad_argument`.
    public var luaValue: LuaTable {
        ["code": "bad_argument", "message": .string(description), "operation": .string(function)]
    }
}
