public import Groundwork
internal import OrderedCollections
public import ServerPilot

/// A copy of a real account, from which a simulated account can begin.
///
/// It contains no secrets: private keys of certificates are dropped while reading, and replies to GETs contain no other
/// secrets.
///
/// ```swift
/// func simulate(copyOf transport: any Transport, clock: any TimeSource) async throws -> Account {
///     let copy = try await AccountCopy.read(from: transport) { print("\($0.done) of \($0.all)") }
///     var random = SeededRandom(seed: 1)
///     return copy.account(at: clock.now, random: &random).account
/// }
/// ```
public struct AccountCopy: Sendable {
    /// The servers.
    public var servers: [Server] = []
    /// The SSH keys, with the system users that hold them.
    public var sshkeys: [SSHKey] = []
    /// The system users.
    public var sysusers: [Sysuser] = []
    /// The apps; those that were read singly include their AutoSSL domains.
    public var apps: [App] = []
    /// The databases.
    public var databases: [Database] = []

    /// Creates a copy of an empty account.
    public init() {}

    /// Creates the simulated account, without records whose parents were deleted meanwhile.
    ///
    /// Ids, names, certificates and times are the real ones. A generated private key replaces each dropped key. The
    /// account has no actions, because the API cannot list them. AutoSSL is available for the domains that the API
    /// reported. For an app that was not read singly, the domains count as old as the app.
    ///
    /// - Parameters:
    ///   - now: the current time of the account.
    ///   - random: the source of generated keys.
    ///   - settings: how the account behaves where ServerPilot's behavior depends on circumstances.
    /// - Returns: The account, without contradictions, and the number of records left out.
    public func account(
        at now: Timestamp, random: inout SeededRandom, settings: AccountSettings = AccountSettings()
    ) -> (account: Account, leftOut: Int) {
        var account = Account(settings: settings)
        account.settings.isCopy = true
        var moment = Moment(now: now, random: random, plan: .realistic)
        for server in servers {
            account.servers[server.id] = ServerRecord(server)
            account.servers[server.id]?.isReporting =
                server.lastconn.map { ServerRecord.isReporting(since: $0, at: now) } ?? false
        }
        for key in sshkeys { account.sshkeys[key.id] = SSHKeyRecord(key) }
        for user in sysusers where account.servers[user.serverid] != nil {
            account.sysusers[user.id] = SysuserRecord(
                id: user.id, name: user.name, serverID: user.serverid,
                created: account.servers[user.serverid]?.created ?? now)
        }
        for key in sshkeys {
            for holder in key.sysusers ?? [] { account.sysusers[holder.id]?.sshkeys.append(key.id) }
        }
        for app in apps where account.sysusers[app.sysuserid]?.serverID == app.serverid {
            account.apps[app.id] = AppRecord(app, at: now, random: &moment.random, settings)
        }
        for database in databases where account.apps[database.appid]?.serverID == database.serverid {
            account.databases[database.id] = DatabaseRecord(database)
        }
        let leftOut =
            sysusers.count + apps.count + databases.count - account.sysusers.count - account.apps.count
            - account.databases.count
        // Every server has this user (seen live), even if the list lacks it.
        let withUser = Set(account.sysusers.values.filter { $0.name == SysuserRecord.serverPilotName }.map(\.serverID))
        for id in account.servers.keys where !withUser.contains(id) { account.addServerPilotUser(to: id, at: &moment) }
        account.clearChanges()
        random = moment.random
        return (account, leftOut)
    }
}

extension ServerRecord {
    /// Creates the record of a real server, which does not report, because its future reports are unknown.
    init(_ server: Server) {
        self.init(
            id: server.id, name: server.name, plan: server.plan, autoupdates: server.autoupdates,
            firewall: server.firewall, deniesUnknownDomains: server.denyUnknownDomains,
            // No reply contains it.
            allowsPasswordLogin: false, runtimes: server.availableRuntimes, address: server.lastaddress,
            connected: server.lastconn, isReporting: false, busyUntil: nil, created: server.datecreated)
    }
}

extension DatabaseRecord {
    /// Creates the record of a real database.
    init(_ database: Database) {
        self.init(
            id: database.id, name: database.name, appID: database.appid, serverID: database.serverid,
            user: User(id: database.user.id, name: database.user.name))
    }
}

extension SSHKeyRecord {
    /// Creates the record of a real SSH key.
    init(_ key: SSHKey) {
        self.init(
            id: key.id, name: key.name, publicKey: key.publicKey, created: key.datecreated,
            copiedFingerprint: key.sha256Fingerprint)
    }
}

extension AppRecord {
    /// Creates the record of a real app.
    init(_ app: App, at now: Timestamp, random: inout SeededRandom, _ settings: AccountSettings) {
        let available = app.autossl.map { Set($0.isAvailable ? $0.domains : []) }
        let domains = app.domains.map { name in
            (
                name,
                available.map {
                    $0.contains(name) ? Timestamp(sinceEpoch: now.sinceEpoch - settings.autoSSLDelay) : now
                } ?? app.datecreated
            )
        }
        self.init(
            id: app.id, name: app.name, sysuserID: app.sysuserid, serverID: app.serverid, runtime: app.runtime,
            domains: OrderedDictionary(domains, uniquingKeysWith: { first, _ in first }),
            ssl: app.ssl.map { ssl in
                SSLRecord(
                    key: Secret(random.pem("PRIVATE KEY", lines: 26)), cert: ssl.cert ?? "", cacerts: ssl.cacerts,
                    auto: ssl.auto ?? false, force: ssl.force ?? false)
            },
            // No reply contains it.
            hasWordPress: false, created: app.datecreated)
    }
}
