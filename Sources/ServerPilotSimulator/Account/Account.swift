public import OrderedCollections
public import ServerPilot

/// ServerPilot's account as a value: tables of records, and what every operation of the API does to them.
///
/// It has no clock, no randomness and no input or output of its own: `apply` gets the time and the random numbers, so
/// that the same calls give the same account. Tables are keyed by id and keep the order of insertion.
public struct Account: Hashable, Sendable {
    /// What the account does where ServerPilot leaves it to circumstances.
    public var settings: AccountSettings
    /// The servers.
    public internal(set) var servers: OrderedDictionary<ServerID, ServerRecord> = [:]
    /// The SSH keys of the account.
    public internal(set) var sshkeys: OrderedDictionary<SSHKeyID, SSHKeyRecord> = [:]
    /// The system users of all servers.
    public internal(set) var sysusers: OrderedDictionary<SysuserID, SysuserRecord> = [:]
    /// The apps of all servers.
    public internal(set) var apps: OrderedDictionary<AppID, AppRecord> = [:]
    /// The databases of all servers.
    public internal(set) var databases: OrderedDictionary<DatabaseID, DatabaseRecord> = [:]
    /// The work that was queued on servers.
    public internal(set) var actions: OrderedDictionary<ActionID, ActionRecord> = [:]

    /// An account without servers.
    public init(settings: AccountSettings = AccountSettings()) {
        self.settings = settings
    }
}
