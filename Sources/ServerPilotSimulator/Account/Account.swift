public import ServerPilot

/// ServerPilot's account as a value: tables of records, and what every operation of the API does to them.
///
/// It has no clock, no randomness and no input or output of its own: `apply` gets the time and the random numbers, so
/// that the same calls give the same account. Tables are keyed by id and keep the order of insertion; they note which
/// records were touched, so that a store writes those alone.
public struct Account: Hashable, Sendable {
    /// What the account does where ServerPilot leaves it to circumstances.
    public var settings: AccountSettings
    /// The servers.
    public internal(set) var servers: RecordTable<ServerID, ServerRecord> = RecordTable()
    /// The SSH keys of the account.
    public internal(set) var sshkeys: RecordTable<SSHKeyID, SSHKeyRecord> = RecordTable()
    /// The system users of all servers.
    public internal(set) var sysusers: RecordTable<SysuserID, SysuserRecord> = RecordTable()
    /// The apps of all servers.
    public internal(set) var apps: RecordTable<AppID, AppRecord> = RecordTable()
    /// The databases of all servers.
    public internal(set) var databases: RecordTable<DatabaseID, DatabaseRecord> = RecordTable()
    /// The work that was queued on servers.
    public internal(set) var actions: RecordTable<ActionID, ActionRecord> = RecordTable()

    /// An account without servers.
    public init(settings: AccountSettings = AccountSettings()) {
        self.settings = settings
    }
}
