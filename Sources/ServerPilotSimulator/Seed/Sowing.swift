internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// Creates the resources of a seed through the API's operations, so that all their rules hold.
struct Sowing {
    private(set) var account: Account
    private(set) var random: SeededRandom
    /// The creation time of all resources.
    let time: Timestamp
    /// The current time of the account.
    let now: Timestamp
    private var sshkeys: [String: String] = [:]
    private var ids: Set<String> = []
    private var addresses = 0

    init(account: Account, random: SeededRandom, time: Timestamp, now: Timestamp) {
        self.account = account
        self.random = random
        self.time = time
        self.now = now
    }

    /// The account without the actions that its creation queued.
    var finished: Account {
        var account = account
        for id in account.servers.keys { account.servers[id]?.busyUntil = nil }
        account.clearChanges()
        return account
    }

    mutating func addSSHKey(_ key: JSONObject, at path: String) throws(AccountSeedError) {
        let name = key["name"]?.stringValue ?? ""
        guard sshkeys[name] == nil else {
            throw AccountSeedError([
                .init(path: path + ".name", message: "system users refer to keys by name, and this name appears twice")
            ])
        }
        sshkeys[name] = try create("create_sshkey", key, ids: [key], at: path)
    }

    mutating func addServer(_ server: JSONObject, at path: String) throws(AccountSeedError) {
        let users = server.elements(of: "sysusers", at: path).map(\.members)
        // `create_server` creates this user.
        let own = users.first { $0["name"]?.stringValue == SysuserRecord.serverPilotName }
        let id = try create("create_server", server, ids: [server, own ?? [:]], at: path)
        let settings = server.filter { Self.isTaken($0.key, by: "update_server") }
        if !settings.isEmpty {
            _ = try call("update_server", settings.merging(["id": .string(id)]) { $1 }, at: path)
        }
        try setRuntimes(of: ServerID(id), server, at: path)
        try connect(ServerID(id), server, at: path)
        for (path, user) in server.elements(of: "sysusers", at: path) { try addSysuser(user, to: id, at: path) }
    }

    private mutating func setRuntimes(
        of id: ServerID, _ server: JSONObject, at path: String
    ) throws(AccountSeedError) {
        guard let runtimes = server["available_runtimes"]?.arrayValue?.compactMap(\.stringValue) else { return }
        guard !runtimes.isEmpty, !runtimes.contains("") else {
            throw AccountSeedError([
                .init(path: path + ".available_runtimes", message: "must name a runtime, as in [\"php8.4\"]")
            ])
        }
        account.servers[id]?.runtimes = runtimes
    }

    private mutating func connect(
        _ id: ServerID, _ server: JSONObject, at path: String
    ) throws(AccountSeedError) {
        let lastconn = server["lastconn"]?.integerValue.map { Timestamp(epochSeconds: $0) }
        guard server["connected"]?.boolValue ?? true else {
            guard lastconn != nil else { return }
            throw AccountSeedError([
                .init(path: path + ".lastconn", message: "is not allowed on a server with connected = false")
            ])
        }
        if let lastconn, lastconn > now || lastconn.epochSeconds < 0 {
            throw AccountSeedError([
                .init(path: path + ".lastconn", message: "must be a time in the past, in seconds since 1970")
            ])
        }
        addresses += 1
        // TEST-NET-1 (RFC 5737): addresses that are never routed.
        let address = server["lastaddress"]?.stringValue ?? "192.0.2.\((addresses + 9) % 254 + 1)"
        account.connect(id, address: address, at: time)
        account.servers[id]?.connected = lastconn ?? now
        account.servers[id]?.isReporting = ServerRecord.isReporting(since: lastconn ?? now, at: now)
    }

    private mutating func addSysuser(
        _ user: JSONObject, to server: String, at path: String
    ) throws(AccountSeedError) {
        let isServerPilot = user["name"]?.stringValue == SysuserRecord.serverPilotName
        let existing = isServerPilot ? account.sysusers.values.last { $0.isServerPilot(of: server) } : nil
        let id: String
        if let existing {
            id = existing.id.rawValue
        } else {
            let arguments = user.merging(["serverid": .string(server)]) { $1 }
            id = try create("create_sysuser", arguments, ids: [user], at: path)
        }
        for (index, name) in (user["sshkeys"]?.arrayValue ?? []).enumerated() {
            let place = "\(path).sshkeys[\(index + 1)]"
            guard let key = sshkeys[name.stringValue ?? ""] else {
                throw AccountSeedError([
                    .init(
                        path: place, message: "is not the name of an SSH key of this account",
                        wrong: name.stringValue, known: sshkeys.keys.sorted())
                ])
            }
            _ = try call("add_sysuser_sshkey", ["id": .string(id), "sshkey_id": .string(key)], at: place)
        }
        for (path, app) in user.elements(of: "apps", at: path) { try addApp(app, to: id, at: path) }
    }

    private mutating func addApp(_ app: JSONObject, to sysuser: String, at path: String) throws(AccountSeedError) {
        var arguments = app.merging(["sysuserid": .string(sysuser)]) { $1 }
        if arguments["runtime"] == nil {
            let server = account.sysusers[SysuserID(sysuser)].flatMap { account.servers[$0.serverID] }
            arguments["runtime"] = .string(server?.runtimes.last ?? "")
        }
        let id = try create("create_app", arguments, ids: [app], at: path)
        if let ssl = app["ssl"]?.objectValue { try addSSL(ssl, to: AppID(id), at: path + ".ssl") }
        for (path, database) in app.elements(of: "dbs", at: path) {
            try addDatabase(database, to: id, at: path)
        }
    }

    /// Sets the certificate without checking that AutoSSL is available.
    private mutating func addSSL(_ ssl: JSONObject, to app: AppID, at path: String) throws(AccountSeedError) {
        let isAuto = ssl["auto"]?.boolValue ?? false
        let key = ssl["key"]?.stringValue
        let cert = ssl["cert"]?.stringValue
        guard (key == nil) == (cert == nil), isAuto || key != nil else {
            throw AccountSeedError([.init(path: path, message: "must have auto = true, or key and cert")])
        }
        account.apps[app]?.ssl = SSLRecord(
            key: Secret(key ?? random.pem("PRIVATE KEY", lines: 26)),
            cert: cert ?? random.pem("CERTIFICATE", lines: 30),
            cacerts: ssl["cacerts"]?.stringValue ?? (key == nil ? random.pem("CERTIFICATE", lines: 24) : nil),
            auto: isAuto, force: ssl["force"]?.boolValue ?? false)
    }

    private mutating func addDatabase(
        _ database: JSONObject, to app: String, at path: String
    ) throws(AccountSeedError) {
        var arguments = database
        let given = database["user"]?.objectValue ?? [:]
        arguments["user"] = [
            "name": given["name"] ?? .string(String((database["name"]?.stringValue ?? "").prefix(16))),
            "password": given["password"] ?? .string(random.alphanumerics(24)),
        ]
        arguments["appid"] = .string(app)
        _ = try create("create_db", arguments, ids: [database, given], at: path)
    }

    /// Whether the operation has a parameter of that name in its body.
    private static func isTaken(_ name: String, by operation: Operation.Name) -> Bool {
        let names = Operation.named(operation)?.bodyParameters.map(\.name) ?? []
        // `create_server` sets the plan of a new server.
        return names.contains(name) && !(operation == "update_server" && name == "plan")
    }

    /// Calls the operation with the arguments that it accepts, and returns the id of the new resource.
    ///
    /// The seeds supply the id of the new resource, and of any other that the operation creates with it.
    private mutating func create(
        _ name: Operation.Name, _ arguments: JSONObject, ids seeds: [JSONObject], at path: String
    ) throws(AccountSeedError) -> String {
        let given = seeds.map { $0["id"]?.stringValue }
        for id in given.compactMap(\.self) where !ids.insert(id).inserted {
            throw AccountSeedError([.init(path: path + ".id", message: "is the id of another resource here")])
        }
        let taken = arguments.filter { Self.isTaken($0.key, by: name) }
        return try call(name, taken, ids: given, at: path)["id"]?.stringValue ?? ""
    }

    private mutating func call(
        _ name: Operation.Name, _ arguments: JSONObject, ids: [String?] = [], at path: String
    ) throws(AccountSeedError) -> JSONValue {
        guard let operation = Operation.named(name) else { return .null }
        do throws(Refusal) {
            var moment = Moment(now: time, random: random, plan: .fixed(.zero), givenIDs: ids)
            defer { random = moment.random }
            let reply = try account.apply(operation, arguments, at: &moment)
            // A seed has no actions; each server that connects would look through them.
            account.actions = RecordTable()
            return reply.data
        } catch {
            throw AccountSeedError([.init(path: path, message: error.message)])
        }
    }
}

extension SysuserRecord {
    /// Whether this is the user that the server has from its creation.
    fileprivate func isServerPilot(of server: String) -> Bool {
        serverID.rawValue == server && name == Self.serverPilotName
    }
}
