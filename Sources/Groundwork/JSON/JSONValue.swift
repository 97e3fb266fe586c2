public import OrderedCollections

/// The members of a JSON object in their original order.
public typealias JSONObject = OrderedDictionary<String, JSONValue>

/// A JSON value that keeps what the sender wrote.
///
/// Integers of any size stay integers, floats stay floats, members keep their order, and unknown members stay.
///
/// Foundation's decoders cannot distinguish `1` from `1.0`, which recipes must see. They also lose the order of
/// members, which plans print. So the project has its own codec (`JSONReader`, `JSONWriter`).
///
/// ```swift
/// let app: JSONValue = ["name": "acmesite", "domains": ["acme.example"], "port": 8080]
/// print(app["name"]?.stringValue ?? "-", app["domains"]?.arrayValue?.count ?? 0)  // acmesite 1
/// print(app.text(indentation: 2))
/// let reply = try JSONValue(text: #"{"data": {"id": "nlcN0TwdZAyNEgdp"}}"#)
/// print(reply["data"]?["id"]?.stringValue ?? "-")
/// ```
public enum JSONValue: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without fraction and exponent that fits 64 bits.
    case integer(Int64)
    /// The digits, and the sign if negative, of a number without fraction and exponent that does not fit 64 bits.
    case largeInteger(String)
    /// Any other number.
    case double(Double)
    /// A string.
    case string(String)
    /// An array.
    case array(JSONArray)
    /// An object.
    case object(JSONObject)

    /// Creates an array from its elements.
    public static func array(_ elements: [JSONValue]) -> JSONValue { .array(JSONArray(elements)) }

    /// The string, or `nil` for any other kind of value.
    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The integer, or `nil` for any other kind of value.
    public var integerValue: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The Boolean, or `nil` for any other kind of value.
    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The elements, or `nil` for any other kind of value.
    public var arrayValue: [JSONValue]? {
        if case .array(let elements) = self { elements.values } else { nil }
    }

    /// The members, or `nil` for any other kind of value.
    public var objectValue: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The member with a name; `nil` if there is none or the value is not an object.
    public subscript(name: String) -> JSONValue? { objectValue?[name] }

    /// The JSON type of the value, for messages.
    ///
    /// It is `null`, `boolean`, `integer`, `number`, `string`, `array` or `object`.
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .double, .largeInteger: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    // No `ExpressibleByNilLiteral`: it would turn the `nil` of an optional into `null`, as in `found ? value : nil`.

    /// Creates a string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Creates `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Creates an integer.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// Creates a number with a fraction.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// Creates an array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(JSONArray(elements)) }
    /// Creates an object; if a name repeats, the last member counts.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements, uniquingKeysWith: { $1 }))
    }
}
