package import LuaHost
internal import OrderedCollections
package import ServerPilot

extension LuaValue {
    /// What a recipe sees of a JSON value: `null` is `nil`, so a member that is null is not there.
    init(_ value: JSONValue) {
        switch value {
        case .null: self = .nil
        case .bool(let value): self = .boolean(value)
        case .integer(let value): self = .integer(value)
        case .double(let value): self = .number(value)
        case .string(let value): self = .string(value)
        case .array(let elements): self = .table(LuaTable(elements.map { LuaValue($0) }))
        case .object(let members):
            self = .table(LuaTable(fields: members.map { LuaTable.Field(key: $0.key, value: LuaValue($0.value)) }))
        }
    }
}

/// Why a Lua value has no JSON form.
package struct UnsendableValue: Error {
    /// Where in the value: `domains[3]`, empty for the value itself.
    package let path: String
    /// What stands there, in words: `a function`.
    package let found: String
}

extension JSONValue {
    /// The JSON of a Lua value; `nil` stands for nothing at all and gives `nil`.
    ///
    /// - Parameters:
    ///   - value: the Lua value.
    ///   - type: what the receiver wants, where that is known: an empty table takes it.
    ///   - path: where the value stands, for the error.
    /// - Throws: `UnsendableValue` for functions, numbers that JSON does not know, and tables that are neither a list
    ///   nor an object.
    package init?(_ value: LuaValue, as type: FieldType? = nil, at path: String = "") throws(UnsendableValue) {
        switch value {
        case .nil: return nil
        case .null: self = .null
        case .boolean(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .number(let value):
            guard value.isFinite else { throw UnsendableValue(path: path, found: "the number \(value)") }
            self = .double(value)
        case .string(let value): self = .string(value)
        case .function: throw UnsendableValue(path: path, found: "a function")
        case .table(let table): self = try Self.json(table, as: type, at: path)
        }
    }

    private static func json(
        _ table: LuaTable, as type: FieldType?, at path: String
    ) throws(UnsendableValue) -> JSONValue {
        if table.isEmpty {
            // Without a type, a list: an empty list of things is what recipes have, an empty object hardly ever.
            if case .object = type { return .object([:]) }
            return .array([])
        }
        if table.fields.isEmpty {
            guard let elements = try? table.asArray() else {
                throw UnsendableValue(path: path, found: "a list with a hole in it")
            }
            var element: FieldType?
            if case .array(let type, _)? = type { element = type }
            var values: [JSONValue] = []
            for (index, value) in elements.enumerated() {
                values.append(try JSONValue(value, as: element, at: "\(path)[\(index + 1)]") ?? .null)
            }
            return .array(values)
        }
        guard table.array.isEmpty, table.sparse.isEmpty else {
            throw UnsendableValue(path: path, found: "a table with both names and positions")
        }
        return .object(try object(table.fields, as: type, at: path))
    }

    private static func object(
        _ fields: [LuaTable.Field], as type: FieldType?, at path: String
    ) throws(UnsendableValue) -> JSONObject {
        var types: [Field] = []
        if case .object(let fields)? = type { types = fields }
        var members = JSONObject()
        for field in fields {
            let type = types.first { $0.name == field.key }?.type
            members[field.key] = try JSONValue(
                field.value, as: type, at: path.isEmpty ? field.key : "\(path).\(field.key)")
        }
        return members
    }
}
