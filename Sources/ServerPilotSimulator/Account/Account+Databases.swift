internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension Account {
    mutating func createDatabase(_ call: Call, at moment: inout Moment) -> Effect {
        let appID = AppID(call.text("appid") ?? "")
        guard let serverID = apps[appID]?.serverID else { return Effect() }
        let database = DatabaseRecord(
            id: DatabaseID(moment.newID(settings.rules)), name: call.text("name") ?? "", appID: appID,
            serverID: serverID,
            user: DatabaseRecord.User(
                id: DatabaseUserID(moment.newID(settings.rules)),
                name: call.arguments["user"]?["name"]?.stringValue ?? ""))
        databases[database.id] = database
        return Effect(data: database.reply(as: .db), serverID: serverID)
    }

    /// Accepts a new password for the database user, which the account does not store.
    mutating func updateDatabase(_ call: Call, at now: Timestamp) -> Effect {
        Effect(
            data: describe(.db, call.pathID, as: .db, at: now),
            serverID: databases[DatabaseID(call.pathID)]?.serverID)
    }

    mutating func deleteDatabase(_ call: Call) -> Effect {
        let id = DatabaseID(call.pathID)
        let serverID = databases[id]?.serverID
        databases[id] = nil
        return Effect(serverID: serverID)
    }
}
