internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension Account {
    mutating func createSysuser(_ call: Call, at moment: inout Moment) -> Effect {
        var user = SysuserRecord(
            id: SysuserID(moment.newID(settings.rules)), name: call.text("name") ?? "",
            serverID: ServerID(call.text("serverid") ?? ""), created: moment.now)
        if let key = call.text("sshkey_id") { user.sshkeys.append(SSHKeyID(key)) }
        sysusers[user.id] = user
        return Effect(data: user.reply(as: .sysuser), serverID: user.serverID)
    }

    /// Accepts a new password, which the account does not store.
    mutating func updateSysuser(_ call: Call, at now: Timestamp) -> Effect {
        Effect(
            data: describe(.sysuser, call.pathID, as: .sysuser, at: now),
            serverID: sysusers[SysuserID(call.pathID)]?.serverID)
    }

    mutating func deleteSysuser(_ call: Call) -> Effect {
        let id = SysuserID(call.pathID)
        let serverID = sysusers[id]?.serverID
        if apps.count(in: RecordPlace(.sysuser, id.rawValue)) > 0 {
            for app in apps.values where app.sysuserID == id {
                databases.removeAll(in: RecordPlace(.app, app.id.rawValue))
            }
            apps.removeAll(in: RecordPlace(.sysuser, id.rawValue))
        }
        // Only the user's record lists its SSH keys, so removing the record also releases them.
        sysusers[id] = nil
        return Effect(serverID: serverID)
    }

    mutating func addSysuserSSHKey(_ call: Call) -> Effect {
        let id = SysuserID(call.pathID)
        sysusers[id]?.sshkeys.append(SSHKeyID(call.text("sshkey_id") ?? ""))
        return Effect(serverID: sysusers[id]?.serverID)
    }

    mutating func removeSysuserSSHKey(_ call: Call) -> Effect {
        let id = SysuserID(call.pathID)
        sysusers[id]?.sshkeys.remove(SSHKeyID(call.text("sshkey_id") ?? ""))
        return Effect(serverID: sysusers[id]?.serverID)
    }
}
