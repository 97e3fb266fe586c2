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
            functions: [request, get, postJSON])
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
                let fields = try call.arguments.table(0).fields
                return [try await answer(HTTPArguments(fields, call.arguments, 0, session.limits), call)]
            })
    }

    private var get: HostFunction {
        HostFunction(
            "get",
            parameters: [
                HostParameter("url", "string"),
                HostParameter("options", "table", isOptional: true, documentation: "The options of http.request."),
            ], results: Self.reply,
            documentation: "Sends a GET request to a URL. Returns the same table as "
                + "http.request.",
            async: { call in
                let fields: [LuaTable.Field] = [
                    LuaTable.Field(key: "method", value: "GET"),
                    LuaTable.Field(key: "url", value: .string(try call.arguments.string(0))),
                ]
                let more = call.arguments[1].isNil ? [] : try call.arguments.table(1).fields
                return [try await answer(HTTPArguments(fields + more, call.arguments, 1, session.limits), call)]
            })
    }

    private var postJSON: HostFunction {
        HostFunction(
            "post_json",
            parameters: [
                HostParameter("url", "string"), HostParameter("json", "any"),
                HostParameter("options", "table", isOptional: true, documentation: "The options of http.request."),
            ], results: Self.reply,
            documentation: "Sends a POST request with a value as JSON. Returns the same "
                + "table as http.request.",
            async: { call in
                let fields: [LuaTable.Field] = [
                    LuaTable.Field(key: "method", value: "POST"),
                    LuaTable.Field(key: "url", value: .string(try call.arguments.string(0))),
                    LuaTable.Field(key: "json", value: call.arguments[1]),
                ]
                let more = call.arguments[2].isNil ? [] : try call.arguments.table(2).fields
                return [try await answer(HTTPArguments(fields + more, call.arguments, 2, session.limits), call)]
            })
    }

    /// Makes the request as a step of the run.
    private func answer(_ arguments: HTTPArguments, _ call: LuaCall) async throws -> LuaValue {
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
            let finder = arguments.find.map { HTTPFinder($0, call, session) }
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
