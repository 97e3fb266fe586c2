public import OrderedCollections
public import HTTPTypes

/// One operation of ServerPilot's API v1: everything that any part of the project knows about it.
///
/// The Swift client's requests, the Lua functions and their argument checks, the simulator's routes and validation,
/// and the documentation all come from these values. Adding an operation is adding one value to `Operation.all`.
public struct Operation: Sendable {
    /// The name of an operation, which is also its Lua function's: `create_app`.
    public struct Name: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
        /// The name.
        public let rawValue: String
        /// A name; that an operation of that name exists is not checked.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// A name; that an operation of that name exists is not checked.
        public init(stringLiteral value: String) { rawValue = value }
        /// The name.
        public var description: String { rawValue }
    }

    /// What an operation does to the account.
    public enum Effect: Hashable, Sendable {
        /// It reads.
        case read
        /// It makes a new thing: sent twice it makes two, or fails.
        case create
        /// It sets what exists.
        case update
        /// It removes.
        case delete
    }

    /// Whether a reply names work that was queued on a server.
    public enum Queues: Hashable, Sendable {
        /// Never.
        case never
        /// Only when the server has to be changed.
        case sometimes
        /// Always.
        case always
    }

    /// What `data` of a reply is.
    public enum Result: Hashable, Sendable {
        /// An array of such things.
        case list(Shape)
        /// One such thing.
        case object(Shape)
        /// `{}`.
        case nothing
    }

    /// How a Lua function takes what goes into the body.
    public enum ArgumentStyle: Hashable, Sendable {
        /// As one table: `sp.create_app{ name = … }`.
        case table
        /// One after the other: `sp.rename_sshkey(id, name)`.
        case positional
    }

    /// The name.
    public let name: Name
    /// The kind of thing it is about.
    public let kind: ResourceKind
    /// The HTTP method.
    public let method: HTTPRequest.Method
    /// The path below the API's base, with its variables: `/apps/:id/ssl`.
    public let path: PathTemplate
    /// The variables of the path, in order.
    public let pathParameters: [Field]
    /// The members of the body.
    public let bodyParameters: [Field]
    /// Members of the body that are always the same: what tells this operation from others on the same path.
    public let fixedBody: JSONObject
    /// How the Lua function takes the body.
    public let argumentStyle: ArgumentStyle
    /// Whether at least one member of the body must be given, though each may be left out.
    public let needsSomeBody: Bool
    /// What it does to the account.
    public let effect: Effect
    /// What `data` of the reply is.
    public let result: Result
    /// Whether the reply names queued work.
    public let queues: Queues
    /// Whether sending it twice does the same as sending it once.
    public let isRepeatable: Bool
    /// For a create: how to find the thing again.
    public let naturalKey: NaturalKey?
    /// What it is refused by, beyond its arguments.
    public let rules: [Rule]
    /// One sentence of documentation.
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

    /// Whether it changes anything.
    public var changesAccount: Bool { effect != .read }

    /// All parameters: those of the path, then those of the body.
    public var parameters: [Field] { pathParameters + bodyParameters }

    /// The members of the body by which this operation is told from others with the same method and path.
    public var bodyNames: [String] { fixedBody.keys + bodyParameters.map(\.name) }
}
