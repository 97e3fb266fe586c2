internal import Groundwork
public import ServerPilot

extension ServerPilotAccount {
    /// Lists all servers of the account.
    ///
    /// - Throws: `ServerPilotError`.
    public func servers() async throws(ServerPilotError) -> [Server] {
        try await list("servers")
    }

    /// Reads one server.
    ///
    /// - Throws: `ServerPilotError`; the code is `notFound` if no server has the id.
    public func server(_ id: ServerID) async throws(ServerPilotError) -> Server {
        try await object("server", ["id": .id(id)])
    }

    /// Creates the record of a server, which ServerPilot bills.
    ///
    /// Only this response holds the `apikey`, which the installer needs.
    ///
    /// - `plan`: `economy` (the default), `business` or `first_class`.
    /// - `allowsSSHPasswords`: whether people may log in by password over SSH; the default is `false`.
    /// - Throws: `ServerPilotError`; `conflict` if the account already has a server with the name.
    public func createServer(
        name: String, plan: String? = nil, allowsSSHPasswords: Bool? = nil
    ) async throws(ServerPilotError) -> Change<Server> {
        try await change(
            "create_server",
            [
                "name": .string(name), "plan": plan.map(JSONValue.string),
                "enable_ssh_password_auth": allowsSSHPasswords.map(JSONValue.bool),
            ])
    }

    /// Changes settings of a server; at least one of them is required.
    ///
    /// - `plan`: `economy`, `business` or `first_class`.
    /// - `autoupdates`: whether the server updates its system packages automatically.
    /// - `denyUnknownDomains`: whether the server refuses requests for domains that no app has.
    /// - Throws: `ServerPilotError`; `notFound` if no server has the id, `invalidArguments` if no setting is given.
    public func updateServer(
        _ id: ServerID, plan: String? = nil, firewall: Bool? = nil, autoupdates: Bool? = nil,
        denyUnknownDomains: Bool? = nil
    ) async throws(ServerPilotError) -> Change<Server> {
        try await change(
            "update_server",
            [
                "id": .id(id), "plan": plan.map(JSONValue.string), "firewall": firewall.map(JSONValue.bool),
                "autoupdates": autoupdates.map(JSONValue.bool),
                "deny_unknown_domains": denyUnknownDomains.map(JSONValue.bool),
            ])
    }

    /// Removes a server from the account, with its users, apps and databases.
    ///
    /// The machine itself stays.
    ///
    /// - Throws: `ServerPilotError`; the code is `notFound` if no server has the id.
    @discardableResult
    public func deleteServer(_ id: ServerID) async throws(ServerPilotError) -> ActionID? {
        try await call("delete_server", ["id": .id(id)]).actionID
    }
}
