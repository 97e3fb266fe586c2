public import ServerPilot

/// A ServerPilot account as a value: tables of records, and the effect of every API operation on them.
///
/// The account has no clock, random source, input or output. `apply` receives the time and the random numbers, so the
/// same calls produce the same account. Tables are keyed by id and keep insertion order. They track the records that
/// changed, so that a store writes only those.
///
/// ```swift
/// var random = SeededRandom(seed: 1)
/// var account = Account.demo(at: Timestamp(epochSeconds: 1_700_000_000), random: &random)
/// if let operation = ServerPilot.Operation.named("create_server") {
///     _ = try account.apply(operation, ["name": "www2"], at: Timestamp(epochSeconds: 1_700_000_060), random: &random)
/// }
/// print(account.servers.count)  // 3
/// ```
public struct Account: Hashable, Sendable {
    /// How the account behaves where ServerPilot's behavior depends on circumstances.
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
    /// The actions queued on servers.
    public internal(set) var actions: RecordTable<ActionID, ActionRecord> = RecordTable()

    /// Creates an account without servers.
    public init(settings: AccountSettings = AccountSettings()) {
        self.settings = settings
    }
}
