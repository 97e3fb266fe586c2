public import ServerPilot

extension ServerPilotAccount {
    /// All servers of the account.
    public func servers() async throws(ServerPilotError) -> [Server] {
        try await list("servers")
    }

    /// One server.
    public func server(_ id: ServerID) async throws(ServerPilotError) -> Server {
        try await object("server", ["id": .id(id)])
    }

    /// Creates the record of a server, which ServerPilot bills.
    ///
    /// Its `apikey`, which the installer needs, is in this reply and never shown again.
    ///
    /// - `plan`: `economy` (where nothing is said), `business` or `first_class`.
    /// - `allowsSSHPasswords`: whether people may log in by password over SSH; `false` where nothing is said.
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

    /// Changes settings of a server; at least one must be given.
    ///
    /// - `plan`: `economy`, `business` or `first_class`.
    /// - `autoupdates`: whether the system's packages are updated by themselves.
    /// - `denyUnknownDomains`: whether requests for domains of no app are refused.
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

    /// Removes a server from the account, and with it its users, apps and databases.
    ///
    /// The machine itself stays.
    @discardableResult
    public func deleteServer(_ id: ServerID) async throws(ServerPilotError) -> ActionID? {
        try await call("delete_server", ["id": .id(id)]).actionID
    }
}
