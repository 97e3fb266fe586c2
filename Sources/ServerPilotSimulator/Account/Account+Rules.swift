internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// The only interpreter of `Rule.Check`. The rules are data of the operations and are not repeated here.
extension Account {
    /// Whether the call satisfies the rule.
    ///
    /// Most checks pass if their resource is missing, because `pathExists` and `referencesExist` report that.
    func isKept(_ rule: Rule, by call: Call, at now: Timestamp) -> Bool {
        switch rule.check {
        case .pathExists: thingInPathExists(call)
        case .referencesExist: referencesExist(call.operation.bodyParameters, in: .object(call.arguments))
        case .naturalKeyIsFree: naturalKeyIsFree(call)
        case .databaseUserNameIsFree: databaseUserNameIsFree(call)
        case .fewer(let most, let kind, let field): count(kind, in: field, of: call) < most
        case .isNotServerPilotUser: sysusers[SysuserID(call.pathID)]?.name != SysuserRecord.serverPilotName
        case .keyIsNotInUse: sysusers.count(in: RecordPlace(.sshkey, call.pathID)) == 0
        case .runtimeIsOffered: runtimeIsOffered(call)
        case .keyIsAttached(let wanted): keyIsAttached(call) == wanted
        case .autoSSLIsOff: apps[AppID(call.pathID)]?.ssl?.auto != true
        case .autoSSLCanBeEnabled: autoSSLCanBeEnabled(call, at: now)
        case .hasSSL: apps[AppID(call.pathID)]?.ssl != nil || call.arguments["force"] == false
        case .hasSSLToUnforce: apps[AppID(call.pathID)]?.ssl != nil || call.arguments["force"] != false
        case .changesForceSSL: apps[AppID(call.pathID)]?.ssl?.force != call.arguments["force"]?.boolValue
        case .changesCertificate: changesCertificate(call)
        case .domainsAreDistinct: domainsAreDistinct(call)
        case .domainsAreLowerCase: domainsAreLowerCase(call)
        case .domainsHaveNoFinalDot: domainsHaveNoFinalDot(call)
        case .domainsAreFree: domainsAreFree(call)
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

    /// Returns the server of the call: from `serverid`, or from the system user, the app or the resource in the path.
    func server(of call: Call) -> ServerID? {
        if let id = call.text("serverid") { return ServerID(id) }
        if let id = call.text("sysuserid") { return sysusers[SysuserID(id)]?.serverID }
        if let id = call.text("appid") { return apps[AppID(id)]?.serverID }
        guard case .identifier(let kind)? = call.operation.pathParameters.first?.type else { return nil }
        return record(kind, call.pathID)?["serverid"]?.stringValue.map { ServerID($0) }
    }

    private func naturalKeyIsFree(_ call: Call) -> Bool {
        guard let key = call.operation.naturalKey, let own = key.fields.first(where: { $0 != "serverid" }),
            let value = call.text(own)
        else { return true }
        var place = RecordPlace(.naturalKey, own == "public_key" ? NaturalKey.withoutComment(value) : value)
        if key.fields.contains("serverid") {
            guard let server = server(of: call) else { return true }
            place = RecordPlace(.naturalKey, value, on: server.rawValue)
        }
        return switch call.operation.kind {
        case .server: servers.count(in: place) == 0
        case .sshkey: sshkeys.count(in: place) == 0
        case .sysuser: sysusers.count(in: place) == 0
        case .app: apps.count(in: place) == 0
        case .db: databases.count(in: place) == 0
        case .dbuser, .action: true
        }
    }

    private func databaseUserNameIsFree(_ call: Call) -> Bool {
        guard let serverID = server(of: call), let name = call.arguments["user"]?["name"]?.stringValue
        else { return true }
        return databases.count(in: RecordPlace(.databaseUser, name, on: serverID.rawValue)) == 0
    }

    /// Returns how many resources of the kind exist in the scope that the argument `field` names, or in the account.
    private func count(_ kind: ResourceKind, in field: String?, of call: Call) -> Int {
        let scope = field.flatMap { call.text($0) } ?? ""
        return switch (kind, field) {
        case (.sshkey, nil): sshkeys.count
        case (.sshkey, _): sysusers[SysuserID(scope)]?.sshkeys.count ?? 0
        case (.sysuser, _): sysusers.count(in: RecordPlace(.server, scope))
        case (.app, _): apps.count(in: RecordPlace(.sysuser, scope))
        case (.db, _): databases.count(in: RecordPlace(.app, scope))
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

    private func changesCertificate(_ call: Call) -> Bool {
        guard let ssl = apps[AppID(call.pathID)]?.ssl else { return true }
        return ssl.key.reveal() != call.text("key") || ssl.cert != call.text("cert")
            || ssl.cacerts != call.text("cacerts")
    }

    private func autoSSLCanBeEnabled(_ call: Call, at now: Timestamp) -> Bool {
        guard let app = apps[AppID(call.pathID)] else { return true }
        return app.ssl == nil && !app.autoSSLDomains(at: now, settings).isEmpty
    }
}
