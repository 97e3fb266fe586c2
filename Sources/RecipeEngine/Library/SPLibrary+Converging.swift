internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

/// `sp.ensure_app{ … }` and so on: they create, change or keep a resource, wait, and report which.
extension SPLibrary {
    var ensureFunctions: [HostFunction] {
        ServerPilot.Operation.all.compactMap { operation in
            guard operation.effect == .create, let key = operation.naturalKey else { return nil }
            return ensure(operation, key)
        } + [ensureSSL]
    }

    private func ensure(_ create: ServerPilot.Operation, _ key: NaturalKey) -> HostFunction {
        let kind = create.kind
        let function = "ensure_\(kind.rawValue)"
        let wanted = Self.wantedParameters(create)
        let takesPassword = !create.bodyParameters.secretPaths.isEmpty
        let parameters = takesPassword ? wanted + [EnsureOptions.PasswordRule.field] : wanted
        let names = parameters.map { $0.isRequired ? $0.name : "\($0.name)?" }.joined(separator: ", ")
        // The action of a new server stays open until the installer has run on the machine.
        return waiting(
            function, [HostParameter("wanted", "table", documentation: names)],
            results: [Self.shapeName(create), "\"created\"|\"updated\"|\"unchanged\""], waits: kind != .server,
            "Creates the \(kind.spokenName), or updates the fields that differ. Finds an existing "
                + "\(kind.spokenName) by \(key.fields.joined(separator: " and ")). Waits until the action ends."
                + (takesPassword
                    ? " ServerPilot does not show passwords, so they are not compared: a password is set on "
                        + "creation, or on each call with set_password = \"always\"."
                    : "")
        ) { arguments, scope, options in
            var wanted = try OperationArguments.read(
                table: arguments[0], parameters: parameters, function: function, for: session)
            var options = try options()
            let rule = wanted.removeValue(forKey: EnsureOptions.PasswordRule.field.name)?.stringValue
            options.passwords = rule.flatMap(EnsureOptions.PasswordRule.init) ?? options.passwords
            let ensurer = Ensurer(scope: scope, kind: kind, create: create, key: key, options: options)
            let (object, status) = try await ensurer.ensure(wanted)
            return [LuaValue(object), status.luaValue]
        }
    }

    /// Returns the operation that creates the resources of `ensure_*`; `nil` for other functions.
    static func ensured(by function: String) -> ServerPilot.Operation? {
        ServerPilot.Operation.all.first {
            $0.effect == .create && $0.naturalKey != nil && function == "ensure_\($0.kind)"
        }
    }

    /// Returns the fields that `ensure_*` accepts: those of the create operation, and settings that only an update
    /// takes.
    static func wantedParameters(_ create: ServerPilot.Operation) -> [Field] {
        let known = create.bodyParameters
        let more = ServerPilot.Operation.updating(create.kind)?.bodyParameters ?? []
        return known + more.filter { field in !known.contains { $0.name == field.name } }
    }

    private static func shapeName(_ operation: ServerPilot.Operation) -> String {
        if case .object(let shape) = operation.result { shape.name } else { "nil" }
    }

    private var ensureSSL: HostFunction {
        let wanted = "appid, and auto = true or key, cert, cacerts?; force?"
        return waiting(
            "ensure_ssl", [HostParameter("wanted", "table", documentation: wanted)],
            results: ["SSL", "\"created\"|\"updated\"|\"unchanged\""],
            "Enables AutoSSL or installs a certificate on an app, and turns the redirect to HTTPS on or off. Waits "
                + "until the action ends."
        ) { arguments, scope, options in
            let wanted = try OperationArguments.read(
                table: arguments[0], parameters: SSLEnsurer.parameters, function: "ensure_ssl", for: session)
            let (object, status) = try await SSLEnsurer(scope: scope, options: try options()).ensure(wanted)
            return [LuaValue(object), status.luaValue]
        }
    }
}
