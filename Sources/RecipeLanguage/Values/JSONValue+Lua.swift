package import Groundwork
package import LuaHost
internal import OrderedCollections
package import ServerPilot

extension LuaValue {
    /// Creates the Lua value that a recipe sees for a JSON value.
    ///
    /// `null` becomes `nil`, so the table lacks that member. In a list, where `nil` would end the list, `null` becomes
    /// `sp.null`.
    package init(_ value: JSONValue) {
        switch value {
        case .null: self = .nil
        case .bool(let value): self = .boolean(value)
        case .integer(let value): self = .integer(value)
        case .largeInteger(let digits): self = .largeInteger(digits)
        case .double(let value): self = .number(value)
        case .string(let value): self = .string(value)
        case .array(let elements):
            if let text = elements.text {
                self.init(text)
            } else {
                self = .table(LuaTable(list: elements.map { $0 == .null ? .null : LuaValue($0) }))
            }
        case .object(let members):
            let fields = members.map { LuaTable.Field(key: $0.key, value: LuaValue($0.value)) }
            self = .table(LuaTable(fields: fields, form: .object))
        }
    }
}

extension LuaValue {
    /// The text, if the value is a string.
    package var text: String? { if case .string(let text) = self { text } else { nil } }
}

extension LuaTable {
    /// Creates a table that is a list, even if it is empty.
    package init(list: [LuaValue]) { self.init(array: list, form: .list) }
}

/// An error: a Lua value has no JSON form.
///
/// The error collects its path on the way to the root. A value that has a JSON form costs no path, however long its names
/// are.
package struct UnsendableValue: Error {
    /// The path of the value without a JSON form, such as `domains[3]`; empty for the root value.
    package var path: String {
        steps.reversed().reduce(into: "") { path, step in
            path += path.isEmpty && step.hasPrefix(".") ? String(step.dropFirst()) : step
        }
    }
    /// A description of that value, such as `a function`.
    package let found: String
    /// The steps from the value to the root, such as `[3]` and `.domains`.
    private var steps: [String] = []

    fileprivate init(found: String) { self.found = found }

    /// Returns the error of the value that has this value as its element; the index counts from 1.
    fileprivate func inElement(_ index: Int) -> UnsendableValue { after("[\(index)]") }

    /// Returns the error of the value that has this value as its member.
    package func inMember(_ name: String) -> UnsendableValue { after(".\(name)") }

    private func after(_ step: String) -> UnsendableValue {
        var error = self
        error.steps.append(step)
        return error
    }
}

extension JSONValue {
    /// Converts a Lua value to JSON; returns `nil` for Lua's `nil`.
    ///
    /// A float with an integral value becomes an integer: `50 / 2` becomes 25.
    ///
    /// - Parameters:
    ///   - value: the Lua value.
    ///   - type: the type that the receiver expects, if known; it decides the form of an empty table.
    ///   - empty: the form of an empty table if neither `type` nor the table decides it.
    ///   - open: opens the secrets in fields that are secret by their type; without it, no secret has a JSON form.
    ///   - isSecret: whether the value's own field is one of those.
    /// - Throws: `UnsendableValue` for functions, for secrets in other places, for numbers that JSON cannot represent,
    ///   and for tables that are neither a list nor an object.
    package init?(
        _ value: LuaValue, as type: FieldType? = nil, empty: LuaTable.Form = .list,
        opening open: ((String) -> String)? = nil, isSecret: Bool = false
    ) throws(UnsendableValue) {
        switch value {
        case .nil: return nil
        case .null: self = .null
        case .boolean(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .number(let value):
            guard value.isFinite else { throw UnsendableValue(found: "the number \(value)") }
            self = Int64(exactly: value).map { .integer($0) } ?? .double(value)
        case .largeInteger(let digits): self = .largeInteger(digits)
        case .string(let value):
            if LuaSeal.isIn(value) {
                guard isSecret, let open else { throw UnsendableValue(found: "a secret") }
                self = .string(open(value))
            } else {
                self = .string(value)
            }
        case .function: throw UnsendableValue(found: "a function")
        case .encoded: throw UnsendableValue(found: "an encoded value")
        case .table(let table): self = try Self.json(table, as: type, empty: empty, opening: open)
        }
    }

    private static func json(
        _ table: LuaTable, as type: FieldType?, empty: LuaTable.Form, opening open: ((String) -> String)?
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
                throw UnsendableValue(found: error.found)
            }
            var element: FieldType?
            if case .array(let type, _)? = type { element = type }
            var values: [JSONValue] = []
            for (index, value) in elements.enumerated() {
                do throws(UnsendableValue) {
                    values.append(try JSONValue(value, as: element, opening: open) ?? .null)
                } catch {
                    throw error.inElement(index + 1)
                }
            }
            return .array(values)
        }
        guard table.array.isEmpty, table.sparse.isEmpty else {
            throw UnsendableValue(found: "a table with both string keys and list items")
        }
        return .object(try object(table.fields, as: type, opening: open))
    }

    private static func object(
        _ fields: [LuaTable.Field], as type: FieldType?, opening open: ((String) -> String)?
    ) throws(UnsendableValue) -> JSONObject {
        var types: [Field] = []
        if case .object(let fields)? = type { types = fields }
        var members = JSONObject()
        for field in fields {
            guard !LuaSeal.isIn(field.key) else {
                throw UnsendableValue(found: "a table with a secret as a key")
            }
            let known = types.first { $0.name == field.key }
            do throws(UnsendableValue) {
                members[field.key] = try JSONValue(
                    field.value, as: known?.type, opening: open, isSecret: known?.isSecret ?? false)
            } catch {
                throw error.inMember(field.key)
            }
        }
        return members
    }
}

extension LuaShapeError {
    /// A description of the invalid table.
    fileprivate var found: String {
        if case .hole(let key, let expected) = self, key > 0 {
            return "a list whose item \(expected) is nil, while item \(key) is not"
        }
        return "a table with positions that are not 1, 2, 3, …"
    }
}
