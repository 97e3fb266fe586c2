internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// The steps that make a machine a server of the account: its record, ServerPilot's installer, the first connection.
///
/// Each part is a step of the run, so a resumed run continues with the missing parts. ServerPilot returns a record's
/// key only once. If that reply is lost, the engine deletes the record, unless it has connected, and creates it again.
struct ServerConnector {
    /// Access to the machine over SSH.
    struct Machine {
        /// Checks that scripts can run there, as a step that changes nothing.
        let reach: () async throws -> Void
        /// Runs a script there once, as a step, with the given standard input.
        let run: (_ script: String, _ input: Secret<String>) async throws -> Void
    }

    let scope: StepScope
    let request: ConnectRequest
    /// The machine on which the engine runs the installer; `nil` if something else runs it.
    let machine: Machine?

    private var name: String { request.server["name"]?.stringValue ?? "" }

    /// Connects the machine, unless a server of that name has already connected.
    ///
    /// - Returns: the server, and `created` or `unchanged`.
    /// - Throws: `RecipeError`.
    func connect() async throws -> (server: JSONValue, status: EnsureStatus) {
        let started = scope.session.time.steady
        let namesakes = try await self.namesakes()
        if let connected = namesakes.first(where: Self.isConnected) {
            return (try await withPlan(connected), .unchanged)
        }
        // Try this before the record is created: a machine that is down or refuses the login leaves no record behind.
        try await machine?.reach()
        for server in namesakes { try await replace(server) }
        let reply = try await scope.call("create_server", request.server, requester: .connecting)
        guard let id = reply.data["id"]?.stringValue, let key = reply.data["apikey"]?.stringValue else {
            throw RecipeError(
                code: ServerPilotError.Code.unreadableReply.rawValue,
                message: "sp.connect_server: the reply for '\(name)' has no API key", operation: "connect_server")
        }
        let secret = Secret(key)
        if let machine {
            let input = Secret("\(id)\n\(secret.reveal())\n")
            try await machine.run(InstallerScript.reading(installer: request.installer), input)
        }
        let server = try await scope.connection(of: id, name, timeout: rest(since: started))
        if let action = reply.actionID {
            _ = try await scope.wait(for: [action], timeout: rest(since: started))
        }
        try await removeLatecomers(but: id, namesakes)
        return (server, .created)
    }

    /// Returns the remaining time, but at least a minimum, so that a connection that has already happened is still
    /// seen.
    private func rest(since started: Timestamp) -> Duration {
        max(request.timeout - (scope.session.time.steady - started), PollSchedule.afterFailure)
    }

    private static func isConnected(_ server: JSONValue) -> Bool { server["lastconn"]?.integerValue != nil }

    private func namesakes() async throws -> [JSONValue] {
        let filter: JSONObject = ["name": .string(name)]
        let servers = try await scope.call("servers", [:], matching: filter).data.arrayValue ?? []
        return servers.filter { $0["name"]?.stringValue == name }
    }

    private func withPlan(_ server: JSONValue) async throws -> JSONValue {
        guard let plan = request.server["plan"], plan != server["plan"], let id = server["id"] else { return server }
        let reply = try await scope.call("update_server", ["id": id, "plan": plan])
        if let action = reply.actionID { _ = try await scope.wait(for: [action], timeout: request.timeout) }
        return reply.data
    }

    /// Deletes a record that existed before and never connected, if the recipe allows that.
    private func replace(_ server: JSONValue) async throws {
        guard let id = server["id"]?.stringValue else { return }
        guard request.replacesUnconnected else {
            throw RecipeError(
                code: RecipeError.neverConnected,
                message: "sp.connect_server: the record of '\(name)' (\(id)) exists, but the server never connected. "
                    + "ServerPilot returned its API key only on creation",
                operation: "connect_server", object: id,
                hint: "resume the run that created it, or recreate it with replace_unconnected = true",
                token: "connect_server")
        }
        let users = try await scope.call("sysusers", [:], matching: ["serverid": .string(id)]).data.arrayValue ?? []
        // ServerPilot creates one system user itself (seen live). More users mean that the record is in use.
        let own = users.filter { user in
            user["serverid"]?.stringValue == id && user["name"]?.stringValue != ServerPilot.Operation.serverPilotUser
        }
        guard own.isEmpty else {
            throw RecipeError(
                code: RecipeError.neverConnected,
                message: "sp.connect_server: the server '\(name)' (\(id)) never connected, but has system users: "
                    + own.compactMap { $0["name"]?.stringValue }.joined(separator: ", "),
                operation: "connect_server", object: id, hint: "delete it in ServerPilot, or use another name",
                token: "connect_server")
        }
        _ = try await scope.call("delete_server", ["id": .string(id)], requester: .replacing)
    }

    /// Deletes records from create requests that were presumed lost but arrived late.
    private func removeLatecomers(but id: String, _ before: [JSONValue]) async throws {
        let known = Set(before.compactMap { $0["id"]?.stringValue } + [id])
        for server in try await namesakes() where !Self.isConnected(server) {
            guard let late = server["id"]?.stringValue, !known.contains(late) else { continue }
            do throws(RecipeError) {
                _ = try await scope.call("delete_server", ["id": .string(late)], requester: .engine)
                scope.warn(
                    "sp.connect_server \(name): a request that seemed lost created a second record; sprun deleted it")
            } catch {
                // The record is in use: a machine has connected with it, or it has resources. Keep it.
                guard error.code == RecipeError.rivalEdit else { throw error }
                scope.warn(error.message)
            }
        }
    }
}
