internal import Groundwork
internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot

/// Converts a request into a call: checks the credentials, then finds the operation and its arguments.
struct RequestReader {
    /// The maximum size of a body in bytes: one mebibyte.
    ///
    /// The largest valid body has 300 domains of full length, about 80 kilobytes. A certificate with its chain has
    /// about ten.
    static let maximumBodySize = 1 << 20

    /// The message of the refusal of a larger body.
    static let tooLarge = "The request is larger than \(maximumBodySize) bytes."

    let credentials: AccountCredentials
    let router = OperationRouter()

    /// The meaning of a request.
    enum Meaning {
        /// A call to the account.
        case call(Call)
        /// A reply that needs no account.
        case answered(WireResponse)
    }

    /// The result of reading the head of a request.
    enum Head {
        /// A call of one of these operations, with the ids in the path.
        case operations([Operation], ids: [String: String])
        /// A reply that needs neither body nor account.
        case answered(WireResponse)
    }

    /// Reads everything before the body: the credentials first (production), then the path and the method.
    ///
    /// - Throws: `Refusal`.
    func head(of request: WireRequest, by rules: RuleChoices) throws(Refusal) -> Head {
        guard credentials.match(authorization: request.headers[.authorization]) else {
            throw Refusal(credentialsBy: rules)
        }
        let asGet = request.method == .head && !rules.keeps(.headIsRefused)
        switch router.route(asGet ? .get : request.method, request.path) {
        case .nothing:
            throw Refusal(.pathIsKnown, message: "There is nothing at this path.")
        case .wrongMethod(let allowed):
            if request.method == .options, !rules.keeps(.optionsAreRefused) {
                return .answered(WireResponse(allowing: allowed.map(\.rawValue)))
            }
            let methods = allowed.map(\.rawValue).joined(separator: ", ")
            var refusal = Refusal(.methodIsKnown, by: rules, message: "Only \(methods) can be sent to this path.")
            refusal.allowedMethods = allowed.map(\.rawValue)
            throw refusal
        case .found(let operations, let ids): return .operations(operations, ids: ids)
        }
    }

    /// Reads a request.
    ///
    /// - Throws: `Refusal` of a request that cannot become a call.
    func read(_ request: WireRequest, by rules: RuleChoices) throws(Refusal) -> Meaning {
        guard request.body.count <= Self.maximumBodySize else {
            throw Refusal(.bodyIsSmall, by: rules, message: Self.tooLarge)
        }
        switch try head(of: request, by: rules) {
        case .answered(let response): return .answered(response)
        case .operations(let operations, let ids):
            return .call(try call(of: operations, ids: ids, request, by: rules))
        }
    }

    private func call(
        of operations: [Operation], ids: [String: String], _ request: WireRequest, by rules: RuleChoices
    ) throws(Refusal) -> Call {
        // Only a POST has a body. The bodies of other methods have no meaning.
        let body = request.method == .post ? try RequestBody(request, rules).members() : [:]
        let operation = try OperationRouter.choose(operations, by: body)
        // Under this setting, `auto = false` removes SSL like `delete_ssl`.
        if operation.fixedBody["auto"] != nil, body["auto"] == false, !rules.keeps(.autoIsTrue),
            let removing = Operation.named("delete_ssl")
        {
            return Call(operation: removing, arguments: ids.arguments)
        }
        return Call(operation: operation, arguments: try arguments(of: operation, ids: ids, body: body, by: rules))
    }

    private func arguments(
        of operation: Operation, ids: [String: String], body: JSONObject, by rules: RuleChoices
    ) throws(Refusal) -> JSONObject {
        var arguments = body
        for (name, value) in operation.fixedBody {
            let given = arguments.removeValue(forKey: name)
            guard given != value else { continue }
            throw Refusal(
                given == false ? .autoIsTrue : .argumentHasType, message: Refusal.invalidArgument(name))
        }
        let unknownAreIgnored = !rules.keeps(.argumentIsKnown)
        for parameter in operation.pathParameters {
            let id = ids[parameter.name].map { JSONValue.string($0) }
            if let repeated = arguments[parameter.name], !unknownAreIgnored,
                repeated != id || !rules.keeps(.pathIDMayBeRepeated)
            {
                throw Refusal(.pathIDMayBeRepeated, message: Refusal.invalidArgument(parameter.name))
            }
            arguments[parameter.name] = id
        }
        return arguments
    }
}

extension [String: String] {
    /// The ids of the path as arguments.
    fileprivate var arguments: JSONObject { JSONObject(uniqueKeysWithValues: map { ($0, .string($1)) }) }
}
