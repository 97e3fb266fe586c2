/// The tables of an account, by the names that they have in a store and in a state document.
public enum AccountTable: String, CaseIterable, Sendable {
    /// The servers.
    case servers
    /// The SSH keys of the account.
    case sshkeys
    /// The system users.
    case sysusers
    /// The apps.
    case apps
    /// The databases.
    case dbs
    /// The work that was queued on servers.
    case actions
}
