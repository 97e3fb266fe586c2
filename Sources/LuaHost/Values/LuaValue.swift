/// A piece of plain data that crosses the boundary between Lua and Swift.
///
/// Integers stay integers (all 64 bits) and floats stay floats (NaN, −0.0 and the infinities too).
/// Strings are UTF-8 and may hold NUL; bytes that are not UTF-8 never become a `LuaValue`, they are an
/// error that names the argument.
public enum LuaValue: Sendable, Hashable {
    /// Lua's `nil`. As the value of a table field it means that the key is absent.
    case `nil`
    /// What a script writes where a JSON null must be sent; distinct from `nil`, so it survives in tables.
    ///
    /// In Lua it is one light userdata whose `tostring` is `null`. Give it a name as a constant of a
    /// ``HostModule``, for example `("null", .null)` for `sp.null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A Lua integer.
    case integer(Int64)
    /// A Lua float.
    case number(Double)
    /// An integer that does not fit 64 bits: its decimal digits, with a sign where it is negative.
    ///
    /// In Lua it is a value that can be compared, joined to texts and passed back, but not computed with.
    case largeInteger(String)
    /// A Lua string of valid UTF-8.
    case string(String)
    /// A Lua table, copied.
    case table(LuaTable)
    /// A handle to a function that lives in Lua.
    case function(LuaFunction)
}

extension LuaValue {
    /// The name of the type as Lua says it, with `integer`, `float` and `null` told apart.
    public var typeName: String {
        switch self {
        case .nil: "nil"
        case .null: "null"
        case .boolean: "boolean"
        case .integer: "integer"
        case .largeInteger: "integer beyond 64 bits"
        case .number: "float"
        case .string: "string"
        case .table: "table"
        case .function: "function"
        }
    }

    /// The integer that this is, also where it was computed as a float: `50 / 2`.
    public var exactInteger: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int64(exactly: value)
        default: nil
        }
    }

    /// Whether this is `nil`, that is, nothing was given.
    public var isNil: Bool {
        if case .nil = self { true } else { false }
    }
}

extension LuaValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral
{
    /// A string.
    public init(stringLiteral value: String) {
        self = .string(value)
    }

    /// An integer.
    public init(integerLiteral value: Int64) {
        self = .integer(value)
    }

    /// A boolean.
    public init(booleanLiteral value: Bool) {
        self = .boolean(value)
    }

    /// A float.
    public init(floatLiteral value: Double) {
        self = .number(value)
    }
}
