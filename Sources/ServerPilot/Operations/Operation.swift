package import Groundwork
internal import OrderedCollections
public import HTTPTypes

/// One operation of ServerPilot's API v1, with everything that any part of the project knows about it.
///
/// The Swift client, the Lua functions, their argument checks, the simulator and the documentation are derived from
/// these values. To add an operation, add one value to `Operation.all`.
///
/// ```swift
/// func upgrade(_ app: AppID, over transport: any Transport) async throws -> ActionID? {
///     guard let update = ServerPilot.Operation.named("update_app") else { return nil }
///     return try await transport.call(update, ["id": .string(app.rawValue), "runtime": "php8.4"]).actionID
/// }
///
/// let changes = ServerPilot.Operation.all.filter(\.changesAccount)
/// for operation in changes { print(operation.name, operation.documentation) }
/// ```
public struct Operation: Sendable {
    // Large: it is a row of the operations table.
    /// The name of an operation and of its Lua function: `create_app`.
    public struct Name: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
        /// The name.
        public let rawValue: String
        /// Creates a name without checking that an operation has it.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// Creates a name without checking that an operation has it.
        public init(stringLiteral value: String) { rawValue = value }
        /// The name.
        public var description: String { rawValue }
    }

    /// The effect of an operation on the account.
    public enum Effect: Hashable, Sendable {
        /// It changes nothing.
        case read
        /// It creates a resource: a second request creates another, or fails.
        case create
        /// It changes an existing resource.
        case update
        /// It deletes a resource.
        case delete
    }

    /// Whether the response names an action that was queued on a server.
    public enum Queues: Hashable, Sendable {
        /// No response names an action.
        case never
        /// The response names an action only if the server has to be changed.
        case sometimes
        /// Every response names an action.
        case always
    }

    /// The content of `data` in the response.
    package enum Result: Hashable, Sendable {
        /// An array of resources.
        case list(Shape)
        /// One resource.
        case object(Shape)
        /// An empty object, `{}`.
        case nothing
    }

    /// The form in which the Lua function takes the values of the body.
    package enum ArgumentStyle: Hashable, Sendable {
        /// One table: `sp.create_app{ name = … }`.
        case table
        /// Positional arguments: `sp.rename_sshkey(id, name)`.
        case positional
    }

    /// The name.
    public let name: Name
    /// The kind of resource that the operation is about.
    public let kind: ResourceKind
    /// The HTTP method.
    public let method: HTTPRequest.Method
    /// The path below the API's base URL, with its variables: `/apps/:id/ssl`.
    package let path: PathTemplate
    /// The variables of the path, in order.
    package let pathParameters: [Field]
    /// The members of the body.
    package let bodyParameters: [Field]
    /// Members of the body that never change, which distinguish operations on the same path.
    package let fixedBody: JSONObject
    /// The form in which the Lua function takes the values of the body.
    package let argumentStyle: ArgumentStyle
    /// Whether the body must have at least one member, though each is optional.
    package let needsSomeBody: Bool
    /// The effect on the account.
    public let effect: Effect
    /// The content of `data` in the response.
    package let result: Result
    /// Whether the response names a queued action.
    public let queues: Queues
    /// Whether sending the request twice has the same effect as sending it once.
    public let isRepeatable: Bool
    /// The fields that find the resource again after a lost response; `nil` if the operation needs none.
    package let naturalKey: NaturalKey?
    /// The rules that refuse the operation, beyond those of its arguments.
    package let rules: [Rule]
    /// One sentence of documentation, for the function reference and the OpenAPI document.
    public let documentation: String

    init(
        _ name: Name, _ method: HTTPRequest.Method, _ path: PathTemplate, about kind: ResourceKind,
        pathParameters: [Field] = [], body: [Field] = [], fixedBody: JSONObject = [:],
        argumentStyle: ArgumentStyle = .table, needsSomeBody: Bool = false, effect: Effect, result: Result,
        queues: Queues = .never, isRepeatable: Bool = true, naturalKey: NaturalKey? = nil, rules: [Rule] = [],
        _ documentation: String
    ) {
        self.name = name
        self.kind = kind
        self.method = method
        self.path = path
        self.pathParameters = pathParameters
        self.bodyParameters = body
        self.fixedBody = fixedBody
        self.argumentStyle = argumentStyle
        self.needsSomeBody = needsSomeBody
        self.effect = effect
        self.result = result
        self.queues = queues
        self.isRepeatable = isRepeatable
        self.naturalKey = naturalKey
        self.rules = rules
        self.documentation = documentation
    }

    /// Whether the operation changes the account.
    public var changesAccount: Bool { effect != .read }

    /// All parameters: those of the path, then those of the body.
    package var parameters: [Field] { pathParameters + bodyParameters }

    /// The body members that distinguish this operation from others with the same method and path.
    package var bodyNames: [String] { fixedBody.keys + bodyParameters.map(\.name) }
}
