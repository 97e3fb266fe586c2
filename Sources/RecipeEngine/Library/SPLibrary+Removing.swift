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

    /// Deletes what the arguments name, with the remover that it asks for after it has read them.
    private typealias Removing =
        nonisolated(nonsending) @Sendable (
            _ arguments: LuaArguments, _ remover: () throws -> Remover
        ) async throws -> (EnsureStatus, ActionID?)

    /// Returns a function that makes sure that something does not exist; its last parameter are the options.
    private func absence(
        _ name: String, _ parameters: [HostParameter], waits: Bool = true, _ documentation: String,
        _ remove: @escaping Removing
    ) -> HostFunction {
        waiting(
            name, parameters, results: ["\"deleted\"|\"absent\"", "string|nil"], waits: waits,
            documentation + ". Waits until the action ends. Returns the id of the action."
        ) { arguments, scope, options in
            let (status, action) = try await remove(arguments) { Remover(scope: scope, options: try options()) }
            return [status.luaValue, action.map { .string($0.rawValue) } ?? .nil]
        }
    }

    private func ensureAbsent(_ delete: ServerPilot.Operation, _ key: NaturalKey) -> HostFunction {
        let kind = delete.kind
        let function = "ensure_absent_\(kind.rawValue)"
        let fields = Self.identifyingFields(of: kind, key)
        let which = HostParameter("which", "table", documentation: "id, or \(key.fields.joined(separator: " and ")).")
        return absence(
            function, [which], waits: delete.queues != .never,
            "Deletes the \(kind.spokenName) if it exists" + (kind == .sshkey ? "" : ", with all resources in it")
        ) { arguments, remover in
            let given = try OperationArguments.read(
                table: arguments[0], parameters: fields, function: function, for: session)
            return try await remover().remove(delete, given, key, function)
        }
    }

    /// Returns the fields that identify a resource: its id, and the fields of its natural key.
    private static func identifyingFields(of kind: ResourceKind, _ key: NaturalKey) -> [Field] {
        guard case .list(let shape)? = ServerPilot.Operation.listing(kind)?.result else { return [] }
        return shape.fields.filter { $0.name == "id" || key.fields.contains($0.name) }.map(\.asOptional)
    }

    private var ensureAbsentSSL: HostFunction {
        absence(
            "ensure_absent_ssl", [HostParameter("id", "string", documentation: "The id of the app.")],
            "Removes the certificate or AutoSSL of an app, if the app exists and has SSL"
        ) { arguments, remover in
            let id = try arguments.string(0)
            let remover = try remover()
            return try await remover.removePart("delete_ssl", ["id": .string(id)]) {
                let app = try await remover.scope.call("app", ["id": .string(id)]).data
                return (app["ssl"] ?? .null) != .null
            }
        }
    }

    private var ensureAbsentUserKey: HostFunction {
        absence(
            "ensure_absent_sysuser_sshkey",
            [
                HostParameter("id", "string", documentation: "The id of the system user."),
                HostParameter("sshkey_id", "string", documentation: "The id of the SSH key to remove."),
            ],
            "Removes an SSH key from a system user, if the user exists and has the key"
        ) { arguments, remover in
            let (id, key) = (try arguments.string(0), try arguments.string(1))
            let remover = try remover()
            let which: JSONObject = ["id": .string(id), "sshkey_id": .string(key)]
            return try await remover.removePart("remove_sysuser_sshkey", which) {
                let keys = try await remover.scope.call("sysuser_sshkeys", ["id": .string(id)]).data
                return keys.arrayValue?.contains { $0["id"]?.stringValue == key } ?? false
            }
        }
    }
}
