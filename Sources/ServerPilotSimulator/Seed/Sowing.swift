internal import OrderedCollections
internal import ServerPilot

/// Makes the things of a seed by the operations that create them, so that all rules of the operations hold.
struct Sowing {
    private(set) var account: Account
    private(set) var random: SeededRandom
    /// When everything is made.
    let time: Timestamp
    private var sshkeys: [String: String] = [:]
    private var addresses = 0

    init(account: Account, random: SeededRandom, time: Timestamp) {
        self.account = account
        self.random = random
        self.time = time
    }

    /// The account without the work that making it has queued.
    var finished: Account {
        var account = account
        account.actions = RecordTable()
        for id in account.servers.keys { account.servers[id]?.busyUntil = nil }
        account.clearChanges()
        return account
    }

    mutating func addSSHKey(_ key: JSONObject, at path: String) throws(AccountSeedError) {
        let name = key["name"]?.stringValue ?? ""
        guard sshkeys[name] == nil else {
            throw AccountSeedError([
                .init(path: path + ".name", message: "system users name keys, and this name comes twice")
            ])
        }
        sshkeys[name] = try create("create_sshkey", key, at: path)
    }

    mutating func addServer(_ server: JSONObject, at path: String, now: Timestamp) throws(AccountSeedError) {
        let id = try create("create_server", server.filter { Self.isTaken($0.key, by: "create_server") }, at: path)
        let settings = server.filter { Self.isTaken($0.key, by: "update_server") }
        if !settings.isEmpty {
            _ = try call("update_server", settings.merging(["id": .string(id)]) { $1 }, at: path)
        }
        if server["connected"]?.boolValue ?? true {
            addresses += 1
            // TEST-NET-1 (RFC 5737): addresses that lead nowhere.
            let address = server["lastaddress"]?.stringValue ?? "192.0.2.\((addresses + 9) % 254 + 1)"
            account.connect(ServerID(id), address: address, at: time)
            account.servers[ServerID(id)]?.connected = now
        }
        for (path, user) in server.elements(of: "sysusers", at: path) { try addSysuser(user, to: id, at: path) }
    }

    private mutating func addSysuser(
        _ user: JSONObject, to server: String, at path: String
    ) throws(AccountSeedError) {
        let existing = account.sysusers.values.last {
            $0.serverID.rawValue == server && $0.name == SysuserRecord.serverPilotName
        }
        let id: String
        if let existing, user["name"]?.stringValue == SysuserRecord.serverPilotName {
            id = existing.id.rawValue
        } else {
            var arguments = user.filter { Self.isTaken($0.key, by: "create_sysuser") }
            arguments["serverid"] = .string(server)
            id = try create("create_sysuser", arguments, at: path)
        }
        for (index, name) in (user["sshkeys"]?.arrayValue ?? []).enumerated() {
            let place = "\(path).sshkeys[\(index + 1)]"
            guard let key = sshkeys[name.stringValue ?? ""] else {
                throw AccountSeedError([
                    .init(
                        path: place, message: "is no name of an SSH key of this account",
                        wrong: name.stringValue, known: sshkeys.keys.sorted())
                ])
            }
            _ = try call("add_sysuser_sshkey", ["id": .string(id), "sshkey_id": .string(key)], at: place)
        }
        for (path, app) in user.elements(of: "apps", at: path) { try addApp(app, to: id, at: path) }
    }

    private mutating func addApp(_ app: JSONObject, to sysuser: String, at path: String) throws(AccountSeedError) {
        var arguments = app.filter { Self.isTaken($0.key, by: "create_app") }
        arguments["sysuserid"] = .string(sysuser)
        if arguments["runtime"] == nil {
            let server = account.sysusers[SysuserID(sysuser)].flatMap { account.servers[$0.serverID] }
            arguments["runtime"] = .string(server?.runtimes.last ?? "")
        }
        let id = try create("create_app", arguments, at: path)
        for (path, database) in app.elements(of: "dbs", at: path) {
            var arguments = database
            var user = database["user"]?.objectValue ?? [:]
            user["name"] = user["name"] ?? .string(String((database["name"]?.stringValue ?? "").prefix(16)))
            user["password"] = user["password"] ?? .string(random.alphanumerics(24))
            arguments["user"] = .object(user)
            arguments["appid"] = .string(id)
            _ = try create("create_db", arguments, at: path)
        }
    }

    /// Whether the operation has a parameter of that name in its body.
    private static func isTaken(_ name: String, by operation: Operation.Name) -> Bool {
        let names = Operation.named(operation)?.bodyParameters.map(\.name) ?? []
        // The plan of a new server is said when it is created.
        return names.contains(name) && !(operation == "update_server" && name == "plan")
    }

    /// - Returns: the id of the new thing.
    private mutating func create(
        _ name: Operation.Name, _ arguments: JSONObject, at path: String
    ) throws(AccountSeedError) -> String {
        try call(name, arguments, at: path)["id"]?.stringValue ?? ""
    }

    private mutating func call(
        _ name: Operation.Name, _ arguments: JSONObject, at path: String
    ) throws(AccountSeedError) -> JSONValue {
        guard let operation = Operation.named(name) else { return .null }
        do throws(Refusal) {
            return try account.apply(operation, arguments, at: time, random: &random, plan: .fixed(.zero)).data
        } catch {
            throw AccountSeedError([.init(path: path, message: error.message)])
        }
    }
}
