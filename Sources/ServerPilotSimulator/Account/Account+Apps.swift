internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension Account {
    mutating func createApp(_ call: Call, at moment: inout Moment) -> Effect {
        let owner = SysuserID(call.text("sysuserid") ?? "")
        guard let serverID = sysusers[owner]?.serverID else { return Effect() }
        var app = AppRecord(
            id: AppID(moment.newID(settings.rules)), name: call.text("name") ?? "", sysuserID: owner,
            serverID: serverID, runtime: call.text("runtime") ?? "", hasWordPress: call.arguments["wordpress"] != nil,
            created: moment.now)
        app.setDomains(domains(of: call) ?? [], at: moment.now)
        apps[app.id] = app
        var data = app.reply(as: .app).objectValue ?? [:]
        if !settings.rules.keeps(.wordpressNotEchoed), var wordpress = call.arguments["wordpress"]?.objectValue {
            wordpress["admin_password"] = nil
            data["wordpress"] = .object(wordpress)
        }
        return Effect(data: .object(data), serverID: serverID)
    }

    mutating func updateApp(_ call: Call, at now: Timestamp) -> Effect {
        let id = AppID(call.pathID)
        guard var app = apps[id] else { return Effect() }
        let before = app
        app.runtime = call.text("runtime") ?? app.runtime
        if let domains = domains(of: call) { app.setDomains(domains, at: now) }
        apps[id] = app
        let mustBeReconfigured = app != before || !settings.rules.keeps(.noopWithoutAction)
        return Effect(data: app.reply(as: .app), serverID: mustBeReconfigured ? app.serverID : nil)
    }

    mutating func deleteApp(_ call: Call) -> Effect {
        let id = AppID(call.pathID)
        let serverID = apps[id]?.serverID
        removeApp(id)
        return Effect(serverID: serverID)
    }

    /// Removes the app and its databases from the account.
    mutating func removeApp(_ id: AppID) {
        databases.removeAll(in: RecordPlace(.app, id.rawValue))
        apps[id] = nil
    }
}
