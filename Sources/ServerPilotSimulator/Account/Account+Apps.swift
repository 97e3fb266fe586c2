internal import OrderedCollections
internal import ServerPilot

extension Account {
    mutating func createApp(_ call: Call, at moment: inout Moment) -> Effect {
        let owner = SysuserID(call.text("sysuserid") ?? "")
        guard let serverID = sysusers[owner]?.serverID else { return Effect() }
        var app = AppRecord(
            id: AppID(moment.random.identifier()), name: call.text("name") ?? "", sysuserID: owner,
            serverID: serverID, runtime: call.text("runtime") ?? "", hasWordPress: call.arguments["wordpress"] != nil,
            created: moment.now)
        app.setDomains(call.domains ?? [], at: moment.now)
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
        app.runtime = call.text("runtime") ?? app.runtime
        if let domains = call.domains { app.setDomains(domains, at: now) }
        apps[id] = app
        return Effect(data: app.reply(as: .app), serverID: app.serverID)
    }

    mutating func deleteApp(_ call: Call) -> Effect {
        let id = AppID(call.pathID)
        let serverID = apps[id]?.serverID
        removeApp(id)
        return Effect(serverID: serverID)
    }

    /// Takes the app and its databases out of the account.
    mutating func removeApp(_ id: AppID) {
        databases.removeAll(in: RecordPlace(.app, id.rawValue))
        apps[id] = nil
    }
}

extension Call {
    /// The argument `domains`, where it was given.
    fileprivate var domains: [String]? { arguments["domains"]?.arrayValue?.compactMap(\.stringValue) }
}
