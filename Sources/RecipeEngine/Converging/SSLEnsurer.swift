internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// An operation that brings an app's SSL settings to the requested state.
///
/// The API refuses a request that changes nothing, so the engine reads the settings first.
struct SSLEnsurer {
    let scope: StepScope
    let options: EnsureOptions

    /// The parameters of `ensure_ssl`, from the operations on SSL.
    static var parameters: [Field] {
        let certificate = ServerPilot.Operation.named("add_ssl")?.bodyParameters ?? []
        let force = ServerPilot.Operation.named("force_ssl")?.bodyParameters ?? []
        let app = Field(
            name: "appid", type: .identifier(.app), isRequired: true, secrecy: .open, documentation: "The app.")
        let auto = Field(
            name: "auto", type: .boolean, isRequired: false, secrecy: .open,
            constraints: [Constraint("autossl-true", .equals(true), .documented)], documentation: "AutoSSL.")
        return [app, auto] + (certificate + force).map(\.asOptional)
    }

    /// Changes the SSL settings, if needed.
    ///
    /// - Returns: the SSL settings without the private key, and `created`, `updated` or `unchanged`.
    func ensure(_ wanted: JSONObject) async throws -> (object: JSONValue, status: EnsureStatus) {
        guard let appID = wanted["appid"] else { return (.null, .unchanged) }
        try check(wanted)
        let app = try await read(appID)
        let before = app["ssl"] ?? .null
        var status = EnsureStatus.unchanged
        if let change = try certificateChange(wanted, app) {
            try await make(change, wanted, appID)
            status = before == .null ? .created : .updated
        }
        if let force = wanted["force"]?.boolValue {
            let isForced = try await status == .unchanged ? app : read(appID)
            if (isForced["ssl"]?["force"]?.boolValue ?? false) != force {
                try await make("force_ssl", wanted, appID)
                if status == .unchanged { status = .updated }
            }
        }
        return (try await read(appID)["ssl"] ?? .null, status)
    }

    private func read(_ appID: JSONValue) async throws(RecipeError) -> JSONValue {
        let reply = try await scope.call("app", ["id": appID])
        return ServerPilot.Operation.named("app")?.withoutHidden(reply.data) ?? reply.data
    }

    private func check(_ wanted: JSONObject) throws(RecipeError) {
        var problems: [ArgumentProblem] = []
        let certificate = ["key", "cert"].filter { wanted[$0] != nil }
        if wanted["auto"] != nil, !certificate.isEmpty {
            problems.append(
                ArgumentProblem(
                    argument: "auto",
                    kind: .broken(demand: "not be combined with key and cert", by: Behaviour.oneKind.id, .documented)))
        }
        if certificate.count == 1 {
            let missing = certificate == ["key"] ? "cert" : "key"
            problems.append(ArgumentProblem(argument: missing, kind: .missing))
        }
        if wanted["auto"] == nil, wanted["force"] == nil, certificate.isEmpty {
            problems.append(ArgumentProblem(argument: "", kind: .nothingGiven(of: ["auto", "key and cert", "force"])))
        }
        guard problems.isEmpty else { throw RecipeError(problems, of: "ensure_ssl") }
    }

    /// Returns the operation that installs the wanted certificate; `nil` if none is needed.
    private func certificateChange(
        _ wanted: JSONObject, _ app: JSONValue
    ) throws(RecipeError) -> ServerPilot.Operation.Name? {
        let ssl = app["ssl"] ?? .null
        let isAuto = ssl["auto"]?.boolValue ?? false
        if wanted["auto"] != nil {
            if isAuto { return nil }
            guard ssl == .null else {
                throw obstacle(
                    app, "a custom certificate is installed", hint: "remove it with sp.delete_ssl(appid) first")
            }
            guard app["autossl"]?["available"]?.boolValue ?? false else {
                throw RecipeError(
                    RecipeError.autoSSLUnavailable, in: "sp.ensure_ssl",
                    "AutoSSL is not available for the app '\(name(app))' yet", object: app["id"]?.stringValue,
                    hint: "AutoSSL becomes available some time after DNS points to the server: check "
                        + "sp.app(id).autossl first")
            }
            return "enable_autossl"
        }
        guard let cert = wanted["cert"]?.stringValue else { return nil }
        guard !isAuto else {
            throw obstacle(app, "AutoSSL is on", hint: "turn it off with sp.delete_ssl(appid) first")
        }
        let isSame = ssl["cert"]?.stringValue.map { Self.words($0) == Self.words(cert) } ?? false
        return isSame ? nil : "add_ssl"
    }

    private static func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }

    private func make(_ name: ServerPilot.Operation.Name, _ wanted: JSONObject, _ appID: JSONValue) async throws {
        guard let operation = ServerPilot.Operation.named(name) else { return }
        var arguments: JSONObject = ["id": appID]
        for field in operation.bodyParameters { arguments[field.name] = wanted[field.name] }
        let reply = try await scope.call(operation, arguments)
        do {
            try await options.wait(for: reply, in: scope)
        } catch let error as RecipeError where error.code == RecipeError.actionFailed {
            // Seen in production: the action ends in `error` although the certificate works. So the app's state
            // decides.
            let ssl = try await read(appID)["ssl"] ?? .null
            guard name != "force_ssl", ssl != .null else { throw error }
            scope.warn("\(error.message), but the certificate is installed")
        }
    }

    private func name(_ app: JSONValue) -> String { app["name"]?.stringValue ?? app["id"]?.stringValue ?? "?" }

    private func obstacle(_ app: JSONValue, _ what: String, hint: String) -> RecipeError {
        RecipeError(
            RecipeError.cannotConverge, in: "sp.ensure_ssl", "\(what) on the app '\(name(app))'",
            object: app["id"]?.stringValue, hint: hint)
    }
}
