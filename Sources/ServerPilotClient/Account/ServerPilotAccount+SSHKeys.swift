internal import Groundwork
public import ServerPilot

extension ServerPilotAccount {
    /// Lists all SSH keys of the account.
    ///
    /// - Throws: `ServerPilotError`.
    public func sshKeys() async throws(ServerPilotError) -> [SSHKey] {
        try await list("sshkeys")
    }

    /// Reads one SSH key, with the system users that have it.
    ///
    /// - Throws: `ServerPilotError`; the code is `notFound` if no SSH key has the id.
    public func sshKey(_ id: SSHKeyID) async throws(ServerPilotError) -> SSHKey {
        try await object("sshkey", ["id": .id(id)])
    }

    /// Adds an SSH key to the account.
    ///
    /// - `publicKey`: the key in authorized_keys form, of the type `ssh-rsa` or `ssh-ed25519`.
    /// - Throws: `ServerPilotError`; `conflict` if the account already has the key, whatever its name.
    public func createSSHKey(name: String, publicKey: String) async throws(ServerPilotError) -> Change<SSHKey> {
        try await change("create_sshkey", ["name": .string(name), "public_key": .string(publicKey)])
    }

    /// Renames an SSH key.
    ///
    /// - Throws: `ServerPilotError`; the code is `notFound` if no SSH key has the id.
    public func renameSSHKey(_ id: SSHKeyID, to name: String) async throws(ServerPilotError) -> Change<SSHKey> {
        try await change("rename_sshkey", ["id": .id(id), "name": .string(name)])
    }

    /// Deletes an SSH key that no system user has.
    ///
    /// - Throws: `ServerPilotError`; `notFound` if no SSH key has the id, `conflict` if a system user has the key.
    @discardableResult
    public func deleteSSHKey(_ id: SSHKeyID) async throws(ServerPilotError) -> ActionID? {
        try await call("delete_sshkey", ["id": .id(id)]).actionID
    }
}
