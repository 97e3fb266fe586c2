public import Groundwork
public import ServerPilot

extension ServerPilotAccount {
    /// Lists the system users of all servers.
    ///
    /// - Throws: `ServerPilotError`.
    public func sysusers() async throws(ServerPilotError) -> [Sysuser] {
        try await list("sysusers")
    }

    /// Reads one system user.
    ///
    /// - Throws: `ServerPilotError`; the code is `notFound` if no system user has the id.
    public func sysuser(_ id: SysuserID) async throws(ServerPilotError) -> Sysuser {
        try await object("sysuser", ["id": .id(id)])
    }

    /// Creates a system user.
    ///
    /// - `password`: the password; without it the user can log in only by key.
    /// - `sshKey`: an SSH key to add to the user at once.
    /// - Throws: `ServerPilotError`; `notFound` for an unknown server or SSH key, `conflict` if the server already
    ///   has a system user with the name.
    public func createSysuser(
        server: ServerID, name: String, password: Secret<String>? = nil, sshKey: SSHKeyID? = nil
    ) async throws(ServerPilotError) -> Change<Sysuser> {
        try await change(
            "create_sysuser",
            [
                "serverid": .id(server), "name": .string(name), "password": password.map(JSONValue.secret),
                "sshkey_id": sshKey.map(JSONValue.id),
            ])
    }

    /// Changes the password of a system user.
    ///
    /// - Throws: `ServerPilotError`; the code is `notFound` if no system user has the id.
    public func updateSysuser(
        _ id: SysuserID, password: Secret<String>
    ) async throws(ServerPilotError) -> Change<Sysuser> {
        try await change("update_sysuser", ["id": .id(id), "password": .secret(password)])
    }

    /// Deletes a system user, its apps and their databases.
    ///
    /// - Throws: `ServerPilotError`; `notFound` if no system user has the id, `forbidden` for the user `serverpilot`
    ///   of a server.
    @discardableResult
    public func deleteSysuser(_ id: SysuserID) async throws(ServerPilotError) -> ActionID? {
        try await call("delete_sysuser", ["id": .id(id)]).actionID
    }

    /// Lists the SSH keys of a system user.
    ///
    /// - Throws: `ServerPilotError`; the code is `notFound` if no system user has the id.
    public func sshKeys(of sysuser: SysuserID) async throws(ServerPilotError) -> [SSHKey] {
        try await list("sysuser_sshkeys", ["id": .id(sysuser)])
    }

    /// Adds an SSH key to a system user.
    ///
    /// - Throws: `ServerPilotError`; `notFound` for an unknown system user or SSH key, `conflict` if the user already
    ///   has the key.
    @discardableResult
    public func addSSHKey(_ key: SSHKeyID, to sysuser: SysuserID) async throws(ServerPilotError) -> ActionID? {
        try await call("add_sysuser_sshkey", ["id": .id(sysuser), "sshkey_id": .id(key)]).actionID
    }

    /// Removes an SSH key from a system user.
    ///
    /// - Throws: `ServerPilotError`; `notFound` for an unknown system user, or if the user does not have the key.
    @discardableResult
    public func removeSSHKey(_ key: SSHKeyID, from sysuser: SysuserID) async throws(ServerPilotError) -> ActionID? {
        try await call("remove_sysuser_sshkey", ["id": .id(sysuser), "sshkey_id": .id(key)]).actionID
    }
}
