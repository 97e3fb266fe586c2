internal import OrderedCollections
internal import ServerPilot

/// The one interpreter of `Rule.Check`: rules are data of the operations, and none is listed here a second time.
extension Account {
    /// Whether the call keeps the rule.
    ///
    /// A rule about a thing that is missing is kept: that is another rule's business.
    func isKept(_ rule: Rule, by call: Call, at now: Timestamp) -> Bool {
        switch rule.check {
        case .pathExists: thingInPathExists(call)
        case .referencesExist: referencesExist(call.operation.bodyParameters, in: .object(call.arguments))
        case .naturalKeyIsFree: naturalKeyIsFree(call)
        case .databaseUserNameIsFree: databaseUserNameIsFree(call)
        case .fewer(let most, let kind, let field): count(kind, in: field, of: call) < most
        case .isNotServerPilotUser: sysusers[SysuserID(call.pathID)]?.name != SysuserRecord.serverPilotName
        case .keyIsNotInUse: holders(of: SSHKeyID(call.pathID)).isEmpty
        case .runtimeIsOffered: runtimeIsOffered(call)
        case .keyIsAttached(let wanted): keyIsAttached(call) == wanted
        case .autoSSLIsOff: apps[AppID(call.pathID)]?.ssl?.auto != true
        case .autoSSLCanBeEnabled: autoSSLCanBeEnabled(call, at: now)
        case .hasSSL: apps[AppID(call.pathID)]?.ssl != nil
        case .changesForceSSL: apps[AppID(call.pathID)]?.ssl?.force != call.arguments["force"]?.boolValue
        case .databaseUserBelongsToDatabase:
            databases[DatabaseID(call.pathID)]?.user.id.rawValue == call.arguments["user"]?["id"]?.stringValue
        }
    }

    private func thingInPathExists(_ call: Call) -> Bool {
        guard case .identifier(let kind)? = call.operation.pathParameters.first?.type else { return true }
        return record(kind, call.pathID) != nil
    }

    private func referencesExist(_ fields: [Field], in value: JSONValue) -> Bool {
        fields.allSatisfy { field in
            guard let value = value[field.name] else { return true }
            return switch (field.type, value) {
            case (.identifier(let kind), .string(let id)): record(kind, id) != nil
            case (.object(let members), _): referencesExist(members, in: value)
            default: true
            }
        }
    }

    /// The server that the call is about, directly or through what it names.
    private func server(of call: Call) -> ServerID? {
        if let id = call.text("serverid") { return ServerID(id) }
        if let id = call.text("sysuserid") { return sysusers[SysuserID(id)]?.serverID }
        if let id = call.text("appid") { return apps[AppID(id)]?.serverID }
        guard case .identifier(let kind)? = call.operation.pathParameters.first?.type else { return nil }
        return record(kind, call.pathID)?["serverid"]?.stringValue.map { ServerID($0) }
    }

    private func naturalKeyIsFree(_ call: Call) -> Bool {
        guard let key = call.operation.naturalKey else { return true }
        let values = key.fields.map { field in
            field == "serverid" ? server(of: call).map { JSONValue.string($0.rawValue) } : call.arguments[field]
        }
        func matches(_ record: some Record) -> Bool {
            zip(key.fields, values).allSatisfy { field, value in record[field] == value }
        }
        return switch call.operation.kind {
        case .server: !servers.values.contains(where: matches)
        case .sshkey: !sshkeys.values.contains(where: matches)
        case .sysuser: !sysusers.values.contains(where: matches)
        case .app: !apps.values.contains(where: matches)
        case .db: !databases.values.contains(where: matches)
        case .dbuser, .action: true
        }
    }

    private func databaseUserNameIsFree(_ call: Call) -> Bool {
        let name = call.arguments["user"]?["name"]?.stringValue
        guard let serverID = server(of: call) else { return true }
        return !databases.values.contains { $0.serverID == serverID && $0.user.name == name }
    }

    /// How many things of the kind there are in the scope that the argument names, or in the account.
    private func count(_ kind: ResourceKind, in field: String?, of call: Call) -> Int {
        let scope = field.flatMap { call.text($0) } ?? ""
        return switch (kind, field) {
        case (.sshkey, nil): sshkeys.count
        case (.sshkey, _): sysusers[SysuserID(scope)]?.sshkeys.count ?? 0
        case (.sysuser, _): sysusers.values.count { $0.serverID.rawValue == scope }
        case (.app, _): apps.values.count { $0.sysuserID.rawValue == scope }
        case (.db, _): databases.values.count { $0.appID.rawValue == scope }
        case (.server, _): servers.count
        case (.dbuser, _), (.action, _): 0
        }
    }

    private func runtimeIsOffered(_ call: Call) -> Bool {
        guard let runtime = call.text("runtime"), let id = server(of: call) else { return true }
        return servers[id]?.runtimes.contains(runtime) ?? true
    }

    private func keyIsAttached(_ call: Call) -> Bool {
        guard let user = sysusers[SysuserID(call.pathID)], let key = call.text("sshkey_id") else { return false }
        return user.sshkeys.contains(SSHKeyID(key))
    }

    private func autoSSLCanBeEnabled(_ call: Call, at now: Timestamp) -> Bool {
        guard let app = apps[AppID(call.pathID)] else { return true }
        return app.ssl == nil && !app.autoSSLDomains(at: now, delay: settings.autoSSLDelay).isEmpty
    }
}
