/// The arguments of one call of a host function, with accessors whose errors name function and argument.
///
/// Positions count from 0; messages count from 1, as Lua does.
public struct LuaArguments: Sendable {
    /// The values given.
    ///
    /// Trailing ones may be missing; ``subscript(_:)`` gives `.nil` for those.
    public var values: [LuaValue]
    /// The name that scripts call: `sp.create_app`.
    public let function: String
    /// What the function takes.
    public let parameters: [HostParameter]
    /// Where the call stands in the script.
    public let site: LuaCallSite
    /// The coroutine that calls.
    public internal(set) var coroutine = LuaCoroutinePath.root
    /// Of a function that returns at once: which call of such a function this is in its coroutine, from 1; else 0.
    public internal(set) var number = 0

    /// Creates arguments, as the host does for each call; tests of host functions use it too.
    public init(
        _ values: [LuaValue], function: String = "function", parameters: [HostParameter] = [],
        site: LuaCallSite = LuaCallSite(source: "?", line: 0)
    ) {
        self.values = values
        self.function = function
        self.parameters = parameters
        self.site = site
    }

    /// How many values were given.
    public var count: Int { values.count }

    /// The value at a position, `.nil` when it was not given.
    public subscript(position: Int) -> LuaValue {
        values.indices.contains(position) ? values[position] : .nil
    }

    /// The string at a position.
    ///
    /// - Throws: ``LuaArgumentError`` when it is anything else.
    public func string(_ position: Int) throws(LuaArgumentError) -> String {
        if case .string(let value) = self[position] { return value }
        throw mismatch(position, expected: "string")
    }

    /// The integer at a position; a float without a fraction is taken for one, as Lua does.
    ///
    /// - Throws: ``LuaArgumentError`` when it is anything else.
    public func integer(_ position: Int) throws(LuaArgumentError) -> Int64 {
        if let exact = self[position].exactInteger { return exact }
        throw mismatch(position, expected: "integer")
    }

    /// The number at a position, integer or float.
    ///
    /// - Throws: ``LuaArgumentError`` when it is anything else.
    public func number(_ position: Int) throws(LuaArgumentError) -> Double {
        switch self[position] {
        case .integer(let value): return Double(value)
        case .number(let value): return value
        default: throw mismatch(position, expected: "number")
        }
    }

    /// The boolean at a position.
    ///
    /// - Throws: ``LuaArgumentError`` when it is anything else.
    public func boolean(_ position: Int) throws(LuaArgumentError) -> Bool {
        if case .boolean(let value) = self[position] { return value }
        throw mismatch(position, expected: "boolean")
    }

    /// The table at a position.
    ///
    /// - Throws: ``LuaArgumentError`` when it is anything else.
    public func table(_ position: Int) throws(LuaArgumentError) -> LuaTable {
        if case .table(let value) = self[position] { return value }
        throw mismatch(position, expected: "table")
    }

    /// The values of the plain array at a position.
    ///
    /// - Throws: ``LuaArgumentError`` when it is not a table or has other keys than 1 to n.
    public func array(_ position: Int) throws(LuaArgumentError) -> [LuaValue] {
        let table = try table(position)
        do {
            return try table.asArray()
        } catch {
            throw invalid(position, error.description)
        }
    }

    /// The function at a position.
    ///
    /// - Throws: ``LuaArgumentError`` when it is anything else.
    public func function(_ position: Int) throws(LuaArgumentError) -> LuaFunction {
        if case .function(let value) = self[position] { return value }
        throw mismatch(position, expected: "function")
    }

    /// The error for an argument that is wrong in some other way.
    public func invalid(_ position: Int, _ reason: String) -> LuaArgumentError {
        LuaArgumentError(function: function, position: position, name: parameterName(position), reason: reason)
    }

    private func mismatch(_ position: Int, expected: String) -> LuaArgumentError {
        invalid(position, "\(expected) expected, got \(position < count ? self[position].typeName : "no value")")
    }

    private func parameterName(_ position: Int) -> String? {
        parameters.indices.contains(position) ? parameters[position].name : nil
    }
}
