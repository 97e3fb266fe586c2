internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// `sp.ensure_absent_app{ … }` and so on: they delete a resource if it exists; a missing resource is not an error.
extension SPLibrary {
    var removeFunctions: [HostFunction] {
        ServerPilot.Operation.all.compactMap { operation in
            guard operation.removesResource, let key = ServerPilot.Operation.creating(operation.kind)?.naturalKey else {
                return nil
            }
            return ensureAbsent(operation, key)
        } + [ensureAbsentSSL, ensureAbsentUserKey]
    }

    private static let results = ["\"deleted\"|\"absent\"", "string|nil"]
    private static let options = HostParameter(
        "options", "table", isOptional: true, documentation: "wait (true by default), timeout (such as \"10m\").")

    private func ensureAbsent(_ delete: ServerPilot.Operation, _ key: NaturalKey) -> HostFunction {
        let kind = delete.kind
        let function = "ensure_absent_\(kind)"
        let fields = Self.identifyingFields(of: kind, key)
        return HostFunction(
            function,
            parameters: [
                HostParameter(
                    "which", "table", documentation: "id, or \(key.fields.joined(separator: " and "))."),
                Self.options,
            ],
            results: Self.results,
            documentation: "Deletes the \(kind.spokenName) if it exists"
                + (kind == .sshkey ? "" : ", with all resources in it")
                + ". Waits until the action ends. Returns the id of the action.",
            async: { call in
                let given = try OperationArguments.read(
                    table: call.arguments[0], parameters: fields, function: function, for: session)
                let options = try EnsureOptions(
                    call.arguments, at: 1, limits: session.limits, waits: delete.queues != .never)
                let remover = Remover(scope: StepScope(session, call, realm), options: options)
                let (status, action) = try await remover.remove(delete, given, key, function)
                return Self.luaResults(status, action)
            })
    }

    /// Returns the fields that identify a resource: its id, and the fields of its natural key.
    private static func identifyingFields(of kind: ResourceKind, _ key: NaturalKey) -> [Field] {
        guard case .list(let shape)? = ServerPilot.Operation.listing(kind)?.result else { return [] }
        return shape.fields.filter { $0.name == "id" || key.fields.contains($0.name) }.map(\.asOptional)
    }

    private var ensureAbsentSSL: HostFunction {
        HostFunction(
            "ensure_absent_ssl",
            parameters: [HostParameter("id", "string", documentation: "The id of the app."), Self.options],
            results: Self.results,
            documentation: "Removes the certificate or AutoSSL of an app, if the app exists and has SSL. Waits until "
                + "the action ends. Returns the id of the action.",
            async: { call in
                let id = try call.arguments.string(0)
                let options = try EnsureOptions(call.arguments, at: 1, limits: session.limits, waits: true)
                let remover = Remover(scope: StepScope(session, call, realm), options: options)
                let (status, action) = try await remover.removePart("delete_ssl", ["id": .string(id)]) {
                    let app = try await remover.scope.call("app", ["id": .string(id)]).data
                    return (app["ssl"] ?? .null) != .null
                }
                return Self.luaResults(status, action)
            })
    }

    private var ensureAbsentUserKey: HostFunction {
        HostFunction(
            "ensure_absent_sysuser_sshkey",
            parameters: [
                HostParameter("id", "string", documentation: "The id of the system user."),
                HostParameter("sshkey_id", "string", documentation: "The id of the SSH key to remove."),
                Self.options,
            ],
            results: Self.results,
            documentation: "Removes an SSH key from a system user, if the user exists and has the key. Waits until "
                + "the action ends. Returns the id of the action.",
            async: { call in
                let (id, key) = (try call.arguments.string(0), try call.arguments.string(1))
                let options = try EnsureOptions(call.arguments, at: 2, limits: session.limits, waits: true)
                let remover = Remover(scope: StepScope(session, call, realm), options: options)
                let arguments: JSONObject = ["id": .string(id), "sshkey_id": .string(key)]
                let (status, action) = try await remover.removePart("remove_sysuser_sshkey", arguments) {
                    let keys = try await remover.scope.call("sysuser_sshkeys", ["id": .string(id)]).data
                    return keys.arrayValue?.contains { $0["id"]?.stringValue == key } ?? false
                }
                return Self.luaResults(status, action)
            })
    }

    private static func luaResults(_ status: EnsureStatus, _ action: ActionID?) -> [LuaValue] {
        [status.luaValue, action.map { .string($0.rawValue) } ?? .nil]
    }
}
