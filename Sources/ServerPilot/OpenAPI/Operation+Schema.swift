internal import OrderedCollections
internal import HTTPTypes

/// Where a value stands: what may be sent is told strictly, what may come loosely.
enum SchemaSide {
    case request, reply
}

/// Bodies and replies as JSON Schema.
extension Operation {
    /// The body; `nil` where there is none.
    var bodySchema: JSONValue? {
        guard method == .post else { return nil }
        var schema = bodyParameters.requestSchema
        var properties = schema["properties"]?.objectValue ?? [:]
        var required = schema["required"]?.arrayValue ?? []
        for (name, value) in fixedBody {
            properties[name] = ["const": value]
            required.append(.string(name))
        }
        schema["properties"] = .object(properties)
        schema["required"] = required.isEmpty ? nil : .array(required)
        if needsSomeBody { schema["minProperties"] = 1 }
        return .object(schema)
    }

    /// A successful reply, envelope and all.
    var replySchema: JSONValue {
        let data: JSONValue =
            switch result {
            case .nothing: ["type": "object", "maxProperties": 0]
            case .object(let shape): shape.reference
            case .list(let shape): ["type": "array", "items": shape.reference]
            }
        var properties: JSONObject = ["data": data]
        if queues != .never { properties["actionid"] = .object(FieldType.identifier(.action).schema(of: .reply)) }
        let required: JSONValue = queues == .always ? ["actionid", "data"] : ["data"]
        return ["type": "object", "required": required, "properties": .object(properties)]
    }
}

extension Operation.Result {
    /// The thing that a reply holds, or many of; `nil` where it holds nothing.
    var shape: Shape? {
        switch self {
        case .list(let shape), .object(let shape): shape
        case .nothing: nil
        }
    }
}

extension Shape {
    fileprivate var reference: JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }
}

extension [Field] {
    /// An object in a request: no other members.
    var requestSchema: JSONObject {
        var schema = objectSchema(of: .request, isRequired: \.isRequired)
        schema["additionalProperties"] = false
        return schema
    }

    /// An object in a reply, which may have more members.
    var replySchema: JSONObject { objectSchema(of: .reply, isRequired: \.isRequired) }

    private func objectSchema(of side: SchemaSide, isRequired: (Field) -> Bool) -> JSONObject {
        var properties: JSONObject = [:]
        for field in self {
            var schema = field.schema(of: side)
            schema["description"] = .string(field.documentation)
            if field.secrecy != .open { schema["format"] = "password" }
            properties[field.name] = .object(schema)
        }
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        let required = filter(isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { schema["required"] = .array(required) }
        return schema
    }
}

extension Field {
    /// The value, with the rules that it keeps to.
    func schema(of side: SchemaSide) -> JSONObject {
        let rules = constraints.filter { $0.toggle?.isOnByDefault ?? true }
        var schema = type.schema(of: side).merging(rules.schema) { $1 }
        if isNullable, let type = schema["type"] { schema["type"] = [type, "null"] }
        return side == .request ? withEmptyForm(schema) : schema
    }

    /// The value, or what clients in the field send for none: an empty string for null, and an empty object.
    private func withEmptyForm(_ schema: JSONObject) -> JSONObject {
        var schema = schema
        switch type {
        case .string where isNullable:
            if let pattern = schema["pattern"]?.stringValue { schema["pattern"] = .string("^$|\(pattern)") }
        case .object where !isRequired:
            return ["anyOf": [.object(schema), ["type": "object", "maxProperties": 0]]]
        default: break
        }
        return schema
    }
}

extension FieldType {
    /// The type alone.
    func schema(of side: SchemaSide) -> JSONObject {
        switch self {
        case .string: return ["type": "string"]
        case .boolean: return ["type": "boolean"]
        case .integer, .timestamp: return ["type": "integer"]
        case .identifier:
            let pattern = "^[\(CharacterClass.identifier.pattern)]+$"
            return ["type": "string", "pattern": .string(pattern), "minLength": 1, "maxLength": 64]
        case .enumeration(let words): return ["type": "string", "enum": .array(words.map { .string($0) })]
        case .array(let element, let constraints):
            let rules = constraints.filter { $0.toggle?.isOnByDefault ?? true }
            return ["type": "array", "items": .object(element.schema(of: side).merging(rules.schema) { $1 })]
        case .object(let fields): return side == .request ? fields.requestSchema : fields.replySchema
        }
    }
}
