internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

/// The module `http`: requests to APIs other than ServerPilot's.
struct HTTPLibrary: Sendable {
    let session: RunSession
    let realm: RecipeRealm
    let client: (any WebClient)?

    var module: HostModule {
        HostModule(
            name: "http", documentation: "Requests to other APIs, on the hosts that needs.http lists.",
            functions: [
                request,
                short(
                    "get", "GET", [HostParameter("url", "string")],
                    "Sends a GET request to a URL. Returns the same table as http.request."),
                short(
                    "post_json", "POST", [HostParameter("url", "string"), HostParameter("json", "any")],
                    "Sends a POST request with a value as JSON. Returns the same table as http.request."),
            ])
    }

    private static let reply = ["table"]

    private var request: HostFunction {
        HostFunction(
            "request",
            parameters: [
                HostParameter("request", "table", documentation: HTTPArguments.documentation)
            ], results: Self.reply,
            documentation: "Sends a request. Returns { status, headers, body, json }.",
            async: { call in
                [try await answer(try call.arguments.table(0).fields, at: 0, call)]
            })
    }

    /// Returns a function that sends a request with this method, whose parameters are members of the request.
    private func short(
        _ name: String, _ method: String, _ parameters: [HostParameter], _ documentation: String
    ) -> HostFunction {
        let position = parameters.count
        let options = HostParameter("options", "table", isOptional: true, documentation: "The options of http.request.")
        return HostFunction(
            name, parameters: parameters + [options], results: Self.reply, documentation: documentation,
            async: { call in
                _ = try call.arguments.string(0)
                let own = parameters.enumerated().map { LuaTable.Field(key: $1.name, value: call.arguments[$0]) }
                let more = call.arguments[position].isNil ? [] : try call.arguments.table(position).fields
                let fields = [LuaTable.Field(key: "method", value: .string(method))] + own + more
                return [try await answer(fields, at: position, call)]
            })
    }

    /// Makes the request as a step of the run; of two members with the same name, the last counts.
    private func answer(_ fields: [LuaTable.Field], at position: Int, _ call: LuaCall) async throws -> LuaValue {
        let reader = FieldReader(given: fields, arguments: call.arguments, position: position)
        let arguments = try HTTPArguments(reader, session.limits)
        let name = "http.\(arguments.method.lowercased())"
        for secret in arguments.secrets { session.output.learn(secret: secret) }
        let object = session.redactor.redact(arguments.address.description)
        let exchange = HTTPExchange(
            name: name, object: object, arguments: arguments, session: session, client: client,
            grants: try realm.webGrants(for: arguments.address, name))
        let scope = StepScope(session, call, realm)
        let value: JSONValue
        if arguments.isRead {
            value = try await scope.observe(.outside(name), arguments.identity, object: object) {
                try await exchange.read()
            }
        } else {
            let finder = arguments.find.map { HTTPFinder(function: $0, call: call, session: session) }
            value = try await scope.perform(
                name, arguments.identity, object: object, recovery: arguments.recovery, look: finder?.look
            ) { attempt throws(RecipeError) in
                try await exchange.change(attempt)
            }
        }
        return HTTPExchange.luaValue(of: value)
    }
}

extension RecipeRealm {
    /// Returns the hosts that the module and all its importers may reach; they must include the address's host.
    ///
    /// - Throws: `RecipeError` that names the line to add.
    func webGrants(for address: WebAddress, _ function: String) throws(RecipeError) -> WebGrants {
        var forms: [RecipeNeed] = [.http(address.authority)]
        if address.isSecure, address.port == 443 { forms.append(.http("\(address.authority):443")) }
        try check(anyOf: forms, for: function)
        return chain.reduce(WebGrants(hosts: nil)) { $0.intersection($1.webGrants) }
    }
}
