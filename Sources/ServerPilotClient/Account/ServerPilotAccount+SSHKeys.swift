public import ServerPilot

extension ServerPilotAccount {
    /// All SSH keys of the account.
    public func sshKeys() async throws(ServerPilotError) -> [SSHKey] {
        try await list("sshkeys")
    }

    /// One SSH key, with the system users that hold it.
    public func sshKey(_ id: SSHKeyID) async throws(ServerPilotError) -> SSHKey {
        try await object("sshkey", ["id": .id(id)])
    }

    /// Adds an SSH key to the account.
    ///
    /// - `publicKey`: as in authorized_keys, of the type `ssh-rsa` or `ssh-ed25519`.
    public func createSSHKey(name: String, publicKey: String) async throws(ServerPilotError) -> Change<SSHKey> {
        try await change("create_sshkey", ["name": .string(name), "public_key": .string(publicKey)])
    }

    /// Renames an SSH key.
    public func renameSSHKey(_ id: SSHKeyID, to name: String) async throws(ServerPilotError) -> Change<SSHKey> {
        try await change("rename_sshkey", ["id": .id(id), "name": .string(name)])
    }

    /// Removes an SSH key that no system user holds.
    @discardableResult
    public func deleteSSHKey(_ id: SSHKeyID) async throws(ServerPilotError) -> ActionID? {
        try await call("delete_sshkey", ["id": .id(id)]).actionID
    }
}
