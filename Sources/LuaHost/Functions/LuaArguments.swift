/// The arguments of a call of a host function, with accessors whose errors name the function and the argument.
///
/// Positions count from 0; messages count from 1, as Lua does.
///
/// ```swift
/// let map = HostFunction("map", sync: { arguments in
///     let domains = try arguments.array(0)
///     guard domains.count <= 100 else { throw arguments.invalid(0, "at most 100 domains") }
///     return [.integer(Int64(domains.count))]
/// })
/// ```
public struct LuaArguments: Sendable {
    /// The values that the script passed.
    ///
    /// Values at the end can be missing; ``subscript(_:)`` returns `.nil` for them.
    public var values: [LuaValue]
    /// The name of the function in scripts: `sp.create_app`.
    public let function: String
    /// The parameters of the function.
    public let parameters: [HostParameter]
    /// The line of the script that makes the call.
    public let site: LuaCallSite
    /// The path of the coroutine that makes the call.
    public internal(set) var coroutine = LuaCoroutinePath.root
    /// The number of this call among the sync calls of its coroutine, from 1; 0 for an async call.
    public internal(set) var number = 0

    /// Creates arguments, for each call by the host, and for tests of host functions.
    public init(
        _ values: [LuaValue], function: String = "function", parameters: [HostParameter] = [],
        site: LuaCallSite = LuaCallSite(source: "?", line: 0)
    ) {
        self.values = values
        self.function = function
        self.parameters = parameters
        self.site = site
    }

    /// The number of values that the script passed.
    public var count: Int { values.count }

    /// The value at a position; `.nil` if the script did not pass it.
    public subscript(position: Int) -> LuaValue {
        values.indices.contains(position) ? values[position] : .nil
    }

    /// Returns the string at a position.
    ///
    /// - Throws: ``LuaArgumentError`` for any other value.
    public func string(_ position: Int) throws(LuaArgumentError) -> String {
        if case .string(let value) = self[position] { return value }
        throw mismatch(position, expected: "string")
    }

    /// Returns the integer at a position; a float without a fraction counts as an integer, as in Lua.
    ///
    /// - Throws: ``LuaArgumentError`` for any other value.
    public func integer(_ position: Int) throws(LuaArgumentError) -> Int64 {
        if let exact = self[position].exactInteger { return exact }
        throw mismatch(position, expected: "integer")
    }

    /// Returns the number at a position, integer or float.
    ///
    /// - Throws: ``LuaArgumentError`` for any other value.
    public func number(_ position: Int) throws(LuaArgumentError) -> Double {
        switch self[position] {
        case .integer(let value): return Double(value)
        case .number(let value): return value
        default: throw mismatch(position, expected: "number")
        }
    }

    /// Returns the boolean at a position.
    ///
    /// - Throws: ``LuaArgumentError`` for any other value.
    public func boolean(_ position: Int) throws(LuaArgumentError) -> Bool {
        if case .boolean(let value) = self[position] { return value }
        throw mismatch(position, expected: "boolean")
    }

    /// Returns the table at a position.
    ///
    /// - Throws: ``LuaArgumentError`` for any other value.
    public func table(_ position: Int) throws(LuaArgumentError) -> LuaTable {
        if case .table(let value) = self[position] { return value }
        throw mismatch(position, expected: "table")
    }

    /// Returns the values of the plain array at a position.
    ///
    /// - Throws: ``LuaArgumentError`` if the value is not a table, or has keys other than 1 to n.
    public func array(_ position: Int) throws(LuaArgumentError) -> [LuaValue] {
        let table = try table(position)
        do {
            return try table.asArray()
        } catch {
            throw invalid(position, error.description)
        }
    }

    /// Returns the function at a position.
    ///
    /// - Throws: ``LuaArgumentError`` for any other value.
    public func function(_ position: Int) throws(LuaArgumentError) -> LuaFunction {
        if case .function(let value) = self[position] { return value }
        throw mismatch(position, expected: "function")
    }

    /// Returns an error for an argument that is wrong for another reason.
    public func invalid(_ position: Int, _ reason: String) -> LuaArgumentError {
        LuaArgumentError(function: function, position: position, name: parameterName(position), reason: reason)
    }

    private func mismatch(_ position: Int, expected: String) -> LuaArgumentError {
        invalid(position, "expected \(expected), got \(position < count ? self[position].typeName : "no value")")
    }

    private func parameterName(_ position: Int) -> String? {
        parameters.indices.contains(position) ? parameters[position].name : nil
    }
}
