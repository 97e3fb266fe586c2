public import Groundwork
internal import OrderedCollections
internal import HTTPTypes

/// The API as an OpenAPI 3.1 document, derived from the operations table: paths, arguments, responses, rules.
///
/// Patterns and limits come from the rules that are on by default (`Toggle.isOnByDefault`). `x-rules` lists the rules
/// of an operation or a value by their ids in `RuleEntry.all`. Response objects may have more members than the document
/// lists.
///
/// ```swift
/// let document = OpenAPIDocument(baseURL: "https://api.serverpilot.io/v1", version: "1.0")
/// print(document.json.text(indentation: 2))
/// ```
public struct OpenAPIDocument: Sendable {
    /// The base URL of the API: `https://api.serverpilot.io/v1`.
    public let baseURL: String
    /// The version of the program that generates the document.
    public let version: String

    /// Creates the document for the API at a base URL.
    public init(baseURL: String, version: String) {
        self.baseURL = baseURL
        self.version = version
    }

    /// The document as JSON.
    public var json: JSONValue {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "ServerPilot API v1",
                "version": .string(version),
                "description": """
                A description of ServerPilot's API, generated from sprun's table of operations. It is not \
                ServerPilot's own document. 'sprun simulate --rules' lists the evidence for each rule.
                """,
            ],
            "servers": [["url": .string(baseURL)]],
            "security": [["basic": []]],
            "paths": .object(paths),
            "components": [
                "securitySchemes": [
                    "basic": [
                        "type": "http", "scheme": "basic",
                        "description": "The user name is the client id, the password is the API key.",
                    ]
                ],
                "schemas": .object(schemas),
            ],
        ]
    }

    /// The resources in responses by the name of their shape, each once, and `Error`.
    private var schemas: JSONObject {
        var schemas: JSONObject = ["Error": Self.error]
        for operation in Operation.all {
            guard let shape = operation.result.shape, schemas[shape.name] == nil else { continue }
            schemas[shape.name] = .object(shape.fields.replySchema)
        }
        return schemas
    }

    private static let error: JSONValue = [
        "type": "object", "required": ["error"],
        "properties": [
            "error": [
                "type": "object", "required": ["message"], "properties": ["message": ["type": "string"]],
            ]
        ],
    ]

    private var paths: JSONObject {
        var paths: JSONObject = [:]
        for operation in Operation.all {
            let path = operation.path.openAPIPath
            var methods = paths[path]?.objectValue ?? [:]
            let method = operation.method.rawValue.lowercased()
            guard methods[method] == nil else { continue }
            let alike = Operation.all.filter { $0.method == operation.method && $0.path == operation.path }
            methods[method] = .object(Self.description(of: alike))
            paths[path] = .object(methods)
        }
        return paths
    }

    /// Returns the description of one path and method.
    ///
    /// Several operations can share a path and method; their bodies distinguish them.
    private static func description(of alike: [Operation]) -> JSONObject {
        var description: JSONObject = [
            "operationId": .string(alike.operationID),
            "summary": .string(alike.map(\.documentation).joined(separator: " ")),
            "tags": .array(alike.prefix(1).map { .string($0.kind.rawValue) }),
        ]
        if let parameters = alike.first?.pathParameters, !parameters.isEmpty {
            description["parameters"] = .array(parameters.map(Self.parameter))
        }
        let bodies = alike.compactMap(\.bodySchema)
        if let body = bodies.first {
            description["requestBody"] = [
                "required": true,
                "content": ["application/json": ["schema": bodies.count == 1 ? body : ["oneOf": .array(bodies)]]],
            ]
        }
        description["responses"] = .object(responses(of: alike))
        description["x-rules"] = .array(alike.flatMap { $0.rules.map { .string($0.id) } }.uniqued)
        return description
    }

    private static func parameter(_ field: Field) -> JSONValue {
        [
            "name": .string(field.name), "in": "path", "required": true,
            "description": .string(field.documentation), "schema": .object(field.schema(of: .request)),
        ]
    }

    private static func responses(of alike: [Operation]) -> JSONObject {
        var replies: [JSONValue] = []
        for operation in alike where !replies.contains(operation.replySchema) { replies.append(operation.replySchema) }
        let reply: JSONValue = replies.count == 1 ? replies[0] : ["anyOf": .array(replies)]
        var done: JSONObject = ["description": "Done.", "content": ["application/json": ["schema": reply]]]
        let links = alike.reduce(into: JSONObject()) { $0.merge($1.links) { first, _ in first } }
        if !links.isEmpty { done["links"] = .object(links) }
        var responses: JSONObject = ["200": .object(done)]
        var reasons: [Int: [String]] = [401: ["Wrong credentials."]]
        if alike.contains(where: { !$0.parameters.isEmpty }) { reasons[400] = ["An argument is missing or wrong."] }
        for rule in alike.flatMap(\.rules) where reasons[rule.status]?.contains(rule.sentence) != true {
            reasons[rule.status, default: []].append(rule.sentence)
        }
        for (status, sentences) in reasons.sorted(by: { $0.key < $1.key }) {
            responses["\(status)"] = failure(sentences.joined(separator: " "))
        }
        responses["default"] = failure("Any other failure.")
        return responses
    }

    private static func failure(_ description: String) -> JSONValue {
        [
            "description": .string(description),
            "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Error"]]],
        ]
    }
}

extension Operation {
    /// The operations that can follow: those on the created resource, and on the queued action.
    fileprivate var links: JSONObject {
        var links: JSONObject = [:]
        func link(_ kind: ResourceKind, _ place: String) {
            for next in Operation.all {
                for parameter in next.pathParameters where parameter.type == .identifier(kind) {
                    // Operations with the same path and method share one operation id, so only the first gets a link.
                    let first = Operation.all.first { $0.method == next.method && $0.path == next.path }
                    guard first?.name == next.name else { continue }
                    let alike = Operation.all.filter { $0.method == next.method && $0.path == next.path }
                    links["\(next.name)_\(parameter.name)"] = [
                        "operationId": .string(alike.operationID),
                        "parameters": ["\(parameter.name)": .string("$response.body#/\(place)")],
                    ]
                }
            }
        }
        if effect == .create { link(kind, "data/id") }
        if queues != .never { link(.action, "actionid") }
        return links
    }
}

extension [Operation] {
    /// The operation id of all operations at one path and method.
    fileprivate var operationID: String { map(\.name.rawValue).joined(separator: "_or_") }
}

extension PathTemplate {
    /// The template in OpenAPI's syntax: `/apps/{id}/ssl`.
    fileprivate var openAPIPath: String {
        segments.map { segment in
            switch segment {
            case .word(let word): "/" + word
            case .variable(let name): "/{\(name)}"
            }
        }.joined()
    }
}

extension [JSONValue] {
    fileprivate var uniqued: [JSONValue] { Array(OrderedSet(self)) }
}
