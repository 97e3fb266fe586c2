internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension Account {
    mutating func createSSHKey(_ call: Call, at moment: inout Moment) -> Effect {
        let publicKey = call.text("public_key") ?? ""
        let key = SSHKeyRecord(
            id: SSHKeyID(moment.newID(settings.rules)), name: call.text("name") ?? "", publicKey: publicKey,
            created: moment.now)
        sshkeys[key.id] = key
        return Effect(data: key.reply(as: .sshkey))
    }

    mutating func renameSSHKey(_ call: Call, at now: Timestamp) -> Effect {
        sshkeys[SSHKeyID(call.pathID)]?.name = call.text("name") ?? ""
        return Effect(data: describe(.sshkey, call.pathID, as: .sshkey, at: now))
    }

    mutating func deleteSSHKey(_ call: Call) -> Effect {
        sshkeys[SSHKeyID(call.pathID)] = nil
        return Effect()
    }
}
