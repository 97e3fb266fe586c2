internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot

/// Makes a call of a request: who asks, what is meant, with which arguments.
struct RequestReader {
    /// The largest body that is read.
    ///
    /// Three hundred domains of full length are the largest thing that the API takes, some eighty kilobytes; a
    /// certificate with its chain has ten.
    static let maximumBodySize = 1 << 20

    /// What a larger one is answered with.
    static let tooLarge = "The request is larger than \(maximumBodySize) bytes."

    let credentials: AccountCredentials
    let router = OperationRouter()

    /// - Throws: `Refusal` of the request as such. Credentials come before everything else about it (production).
    func read(_ request: WireRequest, by rules: RuleChoices) throws(Refusal) -> Call {
        guard request.body.count <= Self.maximumBodySize else {
            throw Refusal(.bodyIsSmall, by: rules, message: Self.tooLarge)
        }
        guard credentials.match(authorization: request.headers[.authorization]) else {
            throw Refusal(.credentialsFirst, message: "The client ID or API key is wrong.")
        }
        switch router.route(request.method, request.path) {
        case .nothing:
            throw Refusal(.pathIsKnown, message: "There is nothing at this path.")
        case .wrongMethod(let allowed):
            let methods = allowed.map(\.rawValue).joined(separator: ", ")
            var refusal = Refusal(.methodIsKnown, by: rules, message: "Only \(methods) can be sent to this path.")
            refusal.allowedMethods = allowed.map(\.rawValue)
            throw refusal
        case .found(let operations, let ids):
            // A body is read with POST only; others have none that would mean anything.
            let body = request.method == .post ? try Self.body(request.body) : [:]
            let operation = try OperationRouter.choose(operations, by: body)
            return Call(operation: operation, arguments: try Self.arguments(of: operation, ids: ids, body: body))
        }
    }

    /// The body as an object, whatever its Content-Type says: ServerPilot's own examples leave it out (documented).
    private static func body(_ bytes: [UInt8]) throws(Refusal) -> JSONObject {
        if let value = try? JSONValue(bytes: bytes), case .object(let members) = value { return members }
        // The echo of whatever was sent was seen live, so clients have to be able to meet it here.
        throw Refusal(.bodyIsJSON, message: "Invalid JSON request: " + String(decoding: bytes, as: UTF8.self))
    }

    private static func arguments(
        of operation: Operation, ids: [String: String], body: JSONObject
    ) throws(Refusal) -> JSONObject {
        var arguments = body
        for (name, value) in operation.fixedBody {
            guard arguments.removeValue(forKey: name) == value else {
                throw Refusal(.argumentHasType, message: Refusal.invalidArgument(name))
            }
        }
        for parameter in operation.pathParameters {
            guard arguments[parameter.name] == nil else {
                throw Refusal(.argumentIsKnown, message: Refusal.invalidArgument(parameter.name))
            }
            arguments[parameter.name] = ids[parameter.name].map { .string($0) }
        }
        return arguments
    }
}
