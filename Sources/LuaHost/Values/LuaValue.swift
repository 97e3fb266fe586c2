/// A value that can be passed between Lua and Swift.
///
/// Integers stay integers (all 64 bits) and floats stay floats (NaN, −0.0 and the infinities too). Strings are UTF-8
/// and can contain NUL. Bytes that are not UTF-8 never become a `LuaValue`: they cause an error that names the
/// argument.
///
/// ```swift
/// let app: LuaValue = .table(["name": "shop", "port": 8080, "ssl": true, "parent": .null])
/// if case .table(let table) = app { print(table["port"].exactInteger ?? 0) }  // 8080
/// ```
public enum LuaValue: Sendable, Hashable {
    /// Lua's `nil`. As the value of a table field it means that the key is absent.
    case `nil`
    /// A JSON null. It is distinct from `nil`, so that tables can contain it.
    ///
    /// In Lua it is a light userdata whose `tostring` is `null`. Scripts get it as a constant of a ``HostModule``, for
    /// example `("null", .null)` for `sp.null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A Lua integer.
    case integer(Int64)
    /// A Lua float.
    case number(Double)
    /// An integer that does not fit 64 bits: its decimal digits, with a sign if it is negative.
    ///
    /// Lua can test it for equality, join it to strings and pass it back, but not compute with it.
    case largeInteger(String)
    /// A Lua string of valid UTF-8.
    case string(String)
    /// A copy of a Lua table.
    case table(LuaTable)
    /// A handle to a function that lives in Lua.
    case function(LuaFunction)
    /// A value in the form in which Lua reads it, for long lists; no value from Lua has this form.
    case encoded(LuaEncodedValue)
}

extension LuaValue {
    /// The name of the type as in Lua, but with separate names for `integer`, `float` and `null`.
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
        case .encoded: "encoded value"
        }
    }

    /// The value as an integer, also of a float without a fraction, as of `50 / 2`; nil for other values.
    public var exactInteger: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int64(exactly: value)
        default: nil
        }
    }

    /// Whether the value is `nil`, as for a missing argument.
    public var isNil: Bool {
        if case .nil = self { true } else { false }
    }
}

extension LuaValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral
{
    /// Creates a string.
    public init(stringLiteral value: String) {
        self = .string(value)
    }

    /// Creates an integer.
    public init(integerLiteral value: Int64) {
        self = .integer(value)
    }

    /// Creates a boolean.
    public init(booleanLiteral value: Bool) {
        self = .boolean(value)
    }

    /// Creates a float.
    public init(floatLiteral value: Double) {
        self = .number(value)
    }
}
