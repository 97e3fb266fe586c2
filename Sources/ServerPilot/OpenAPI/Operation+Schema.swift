internal import Groundwork
internal import OrderedCollections
internal import HTTPTypes

/// The message that holds a value: the schema of a request is strict, that of a response is loose.
enum SchemaSide {
    case request, reply
}

/// JSON Schemas of request and response bodies.
extension Operation {
    /// The schema of the request body; `nil` if the operation sends none.
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

    /// The schema of a successful response, with its envelope.
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
    /// The shape of the resource, or of each list item, in a response; `nil` if the response holds none.
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
    /// The schema of an object in a request, which allows no other members.
    var requestSchema: JSONObject {
        var schema = objectSchema(of: .request, isRequired: \.isRequired)
        schema["additionalProperties"] = false
        return schema
    }

    /// The schema of an object in a response, which may have more members.
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
    /// Returns the schema of the value, with the rules that are on by default.
    func schema(of side: SchemaSide) -> JSONObject {
        let rules = constraints.filter { $0.toggle?.isOnByDefault ?? true }
        var schema = type.schema(of: side).merging(rules.schema) { $1 }
        if isNullable, let type = schema["type"] { schema["type"] = [type, "null"] }
        return side == .request ? withEmptyForm(schema) : schema
    }

    /// Returns a schema that also accepts the empty forms that clients in the field send.
    ///
    /// These are an empty string for null, and an empty object for an object that is left out.
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
    /// Returns the schema of the type, without the rules of a field.
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
