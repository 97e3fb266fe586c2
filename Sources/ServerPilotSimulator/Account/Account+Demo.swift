public import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension Account {
    /// Returns an account for trying out recipes: two connected servers, the first with two sites.
    ///
    /// The server `www1` has one user with a site on an old runtime and a site on a new runtime, each with a database.
    /// `www4` has no sites. The name `www2` is free for the command of ServerPilot's guide. The account has no actions.
    ///
    /// - Parameters:
    ///   - now: the current time. The records are dated half a year (183 days) earlier.
    ///   - random: the source of ids. Equal seeds produce equal accounts.
    ///   - settings: how the account behaves where ServerPilot's behavior depends on circumstances.
    /// - Returns: The account, without contradictions.
    public static func demo(
        at now: Timestamp, random: inout SeededRandom, settings: AccountSettings = AccountSettings()
    ) -> Account {
        var account = Account(settings: settings)
        let halfAYear = Duration.seconds(183 * 86400)
        var moment = Moment(now: Timestamp(sinceEpoch: now.sinceEpoch - halfAYear), random: random, plan: .realistic)
        let www1 = account.addDemoServer("www1", address: "192.0.2.11", at: &moment)
        let www4 = account.addDemoServer("www4", address: "192.0.2.12", at: &moment)
        account.servers[www4]?.plan = "business"
        let owner = SysuserRecord(
            id: SysuserID(moment.newID(account.settings.rules)), name: "olive", serverID: www1, created: moment.now)
        account.sysusers[owner.id] = owner
        account.addDemoSite("oliveoil", runtime: "php7.4", domain: "olive.example", owner: owner, at: &moment)
        account.addDemoSite("olivepress", runtime: "php8.3", domain: "press.olive.example", owner: owner, at: &moment)
        random = moment.random
        return account
    }

    /// Adds a server that connected when it was created.
    private mutating func addDemoServer(_ name: String, address: String, at moment: inout Moment) -> ServerID {
        let server = ServerRecord(
            id: ServerID(moment.newID(settings.rules)), name: name, plan: "economy", allowsPasswordLogin: false,
            runtimes: settings.runtimes, created: moment.now)
        servers[server.id] = server
        addServerPilotUser(to: server.id, at: &moment)
        connect(server.id, address: address, at: moment.now)
        return server.id
    }

    /// Adds an app with a database to the owner's server.
    private mutating func addDemoSite(
        _ name: String, runtime: String, domain: String, owner: SysuserRecord, at moment: inout Moment
    ) {
        var app = AppRecord(
            id: AppID(moment.newID(settings.rules)), name: name, sysuserID: owner.id, serverID: owner.serverID,
            runtime: runtime, hasWordPress: true, created: moment.now)
        app.setDomains([domain, "www." + domain], at: moment.now)
        apps[app.id] = app
        let user = DatabaseRecord.User(id: DatabaseUserID(moment.newID(settings.rules)), name: name)
        let database = DatabaseRecord(
            id: DatabaseID(moment.newID(settings.rules)), name: name + "-wp", appID: app.id, serverID: owner.serverID,
            user: user)
        databases[database.id] = database
    }
}
