internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension Account {
    mutating func createServer(_ call: Call, at moment: inout Moment) -> Effect {
        let server = ServerRecord(
            id: ServerID(moment.newID(settings.rules)), name: call.text("name") ?? "",
            plan: call.text("plan") ?? "economy",
            allowsPasswordLogin: call.arguments["enable_ssh_password_auth"]?.boolValue ?? false,
            runtimes: settings.runtimes, created: moment.now)
        servers[server.id] = server
        addServerPilotUser(to: server.id, at: &moment)
        var data = describe(server, as: .server, at: moment.now).objectValue ?? [:]
        // ServerPilot shows the key only in this reply (documented), so the account stores only its digest.
        let key = moment.random.serverKey()
        servers[server.id]?.keyDigest = ServerRecord.digest(of: key)
        data["apikey"] = .string(key)
        return Effect(data: .object(data), serverID: server.id)
    }

    /// Adds the system user `serverpilot`, which every server has at once (seen live).
    @discardableResult
    mutating func addServerPilotUser(to serverID: ServerID, at moment: inout Moment) -> SysuserID {
        let user = SysuserRecord(
            id: SysuserID(moment.newID(settings.rules)), name: SysuserRecord.serverPilotName, serverID: serverID,
            created: moment.now)
        sysusers[user.id] = user
        return user.id
    }

    mutating func updateServer(_ call: Call, at now: Timestamp) -> Effect {
        let id = ServerID(call.pathID)
        guard var server = servers[id] else { return Effect() }
        let before = server
        server.firewall = call.arguments["firewall"]?.boolValue ?? server.firewall
        server.autoupdates = call.arguments["autoupdates"]?.boolValue ?? server.autoupdates
        server.deniesUnknownDomains =
            call.arguments["deny_unknown_domains"]?.boolValue ?? server.deniesUnknownDomains
        let changesServer = server != before
        server.plan = call.text("plan") ?? server.plan
        servers[id] = server
        let mustBeReconfigured =
            changesServer
            || !settings.rules.keeps(server != before ? .planWithoutAction : .noopWithoutAction)
        return Effect(
            data: describe(.server, id.rawValue, as: .changedServer, at: now),
            serverID: mustBeReconfigured ? id : nil)
    }

    mutating func deleteServer(_ call: Call) throws(Refusal) -> Effect {
        let id = ServerID(call.pathID)
        guard settings.rules.keeps(.serverCascade) || !isInUse(id) else { throw Refusal(.serverCascade, status: 409) }
        let place = RecordPlace(.server, id.rawValue)
        databases.removeAll(in: place)
        apps.removeAll(in: place)
        sysusers.removeAll(in: place)
        if settings.rules.keeps(.actionsLeaveWithServer) { actions.removeAll(in: place) }
        servers[id] = nil
        return Effect()
    }

    /// Whether the server has a system user besides its own `serverpilot`.
    private func isInUse(_ id: ServerID) -> Bool {
        sysusers.values.contains { $0.serverID == id && $0.name != SysuserRecord.serverPilotName }
    }
}
