/// The tables of an account, with their names in a store and in a state document.
///
/// ```swift
/// func count(in changes: AccountChanges) -> [AccountTable: Int] {
///     Dictionary(grouping: changes.records.keys, by: \.table).mapValues(\.count)
/// }
/// ```
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
    /// The actions queued on servers.
    case actions
}
