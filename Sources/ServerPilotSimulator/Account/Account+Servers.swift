internal import OrderedCollections
internal import ServerPilot

extension Account {
    mutating func createServer(_ call: Call, at moment: inout Moment) -> Effect {
        let server = ServerRecord(
            id: ServerID(moment.random.identifier()), name: call.text("name") ?? "",
            plan: call.text("plan") ?? "economy",
            allowsPasswordLogin: call.arguments["enable_ssh_password_auth"]?.boolValue ?? false,
            runtimes: settings.runtimes, created: moment.now)
        servers[server.id] = server
        addServerPilotUser(to: server.id, at: &moment)
        var data = server.reply(as: .server).objectValue ?? [:]
        // Shown only this once (documented), so it is not kept either.
        data["apikey"] = .string(moment.random.serverKey())
        return Effect(data: .object(data), serverID: server.id)
    }

    /// The user that every server has at once (seen live).
    @discardableResult
    mutating func addServerPilotUser(to serverID: ServerID, at moment: inout Moment) -> SysuserID {
        let user = SysuserRecord(
            id: SysuserID(moment.random.identifier()), name: SysuserRecord.serverPilotName, serverID: serverID,
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
        // What is paid for changes nothing on the server, and what holds already does not either (inferred).
        let mustBeReconfigured = server != before
        server.plan = call.text("plan") ?? server.plan
        servers[id] = server
        return Effect(data: server.reply(as: .server), serverID: mustBeReconfigured ? id : nil)
    }

    mutating func deleteServer(_ call: Call) -> Effect {
        let id = ServerID(call.pathID)
        databases.removeAll { $0.serverID == id }
        apps.removeAll { $0.serverID == id }
        sysusers.removeAll { $0.serverID == id }
        actions.removeAll { $0.serverID == id }
        servers[id] = nil
        return Effect()
    }
}
