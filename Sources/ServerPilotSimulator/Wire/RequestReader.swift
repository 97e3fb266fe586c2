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

    /// What a request means.
    enum Meaning {
        /// This call.
        case call(Call)
        /// This answer, which needs no account.
        case answered(WireResponse)
    }

    /// What the head of a request leads to.
    enum Head {
        /// A call of one of these operations, with the ids in the path.
        case operations([Operation], ids: [String: String])
        /// This answer, which needs no body and no account.
        case answered(WireResponse)
    }

    /// Looks at all that stands before the body: credentials come first (production), then path and method.
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

    /// - Throws: `Refusal` of the request as such.
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
        // A body is read with POST only; others have none that would mean anything.
        let body = request.method == .post ? try RequestBody(request, rules).members() : [:]
        let operation = try OperationRouter.choose(operations, by: body)
        // With this setting it does what another operation does.
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
    /// The ids of a path as arguments.
    fileprivate var arguments: JSONObject { JSONObject(uniqueKeysWithValues: map { ($0, .string($1)) }) }
}
