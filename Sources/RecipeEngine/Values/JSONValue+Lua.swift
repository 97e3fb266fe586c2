package import LuaHost
internal import OrderedCollections
package import ServerPilot

extension LuaValue {
    /// What a recipe sees of a JSON value: `null` is `nil`, so a member that is null is not there; in a list, where that
    /// would end it, it is `sp.null`.
    init(_ value: JSONValue) {
        switch value {
        case .null: self = .nil
        case .bool(let value): self = .boolean(value)
        case .integer(let value): self = .integer(value)
        case .largeInteger(let digits): self = .largeInteger(digits)
        case .double(let value): self = .number(value)
        case .string(let value): self = .string(value)
        case .array(let elements): self = .table(LuaTable(list: elements.map { $0 == .null ? .null : LuaValue($0) }))
        case .object(let members):
            let fields = members.map { LuaTable.Field(key: $0.key, value: LuaValue($0.value)) }
            self = .table(LuaTable(fields: fields, form: .object))
        }
    }
}

extension LuaTable {
    /// A list, also where it is empty.
    init(list: [LuaValue]) { self.init(array: list, form: .list) }
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
    /// A float with a whole value is an integer: `50 / 2` is 25.
    ///
    /// - Parameters:
    ///   - value: the Lua value.
    ///   - type: what the receiver wants, where that is known: an empty table takes it.
    ///   - empty: what a value that is an empty table is, where neither `type` nor the table says it.
    ///   - path: where the value stands, for the error.
    /// - Throws: `UnsendableValue` for functions, numbers that JSON does not know, and tables that are neither a list
    ///   nor an object.
    package init?(
        _ value: LuaValue, as type: FieldType? = nil, empty: LuaTable.Form = .list, at path: String = ""
    ) throws(UnsendableValue) {
        switch value {
        case .nil: return nil
        case .null: self = .null
        case .boolean(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .number(let value):
            guard value.isFinite else { throw UnsendableValue(path: path, found: "the number \(value)") }
            self = Int64(exactly: value).map { .integer($0) } ?? .double(value)
        case .largeInteger(let digits): self = .largeInteger(digits)
        case .string(let value): self = .string(value)
        case .function: throw UnsendableValue(path: path, found: "a function")
        case .table(let table): self = try Self.json(table, as: type, empty: empty, at: path)
        }
    }

    private static func json(
        _ table: LuaTable, as type: FieldType?, empty: LuaTable.Form, at path: String
    ) throws(UnsendableValue) -> JSONValue {
        if table.isEmpty {
            switch (type, table.form ?? empty) {
            case (.object, _): return .object([:])
            case (.array, _), (_, .list): return .array([])
            case (_, .object): return .object([:])
            }
        }
        if table.fields.isEmpty {
            let elements: [LuaValue]
            do throws(LuaShapeError) {
                elements = try table.asArray()
            } catch {
                throw UnsendableValue(path: path, found: error.found)
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

extension LuaShapeError {
    /// The table at fault, in words.
    fileprivate var found: String {
        if case .hole(let key, let expected) = self, key > 0 {
            return "a list whose item \(expected) is nil, while item \(key) is not"
        }
        return "a table with positions that are not 1, 2, 3, …"
    }
}
