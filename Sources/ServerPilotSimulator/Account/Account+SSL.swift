internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension Account {
    mutating func addSSL(_ call: Call) -> Effect {
        let id = AppID(call.pathID)
        let ssl = SSLRecord(
            key: Secret(call.text("key") ?? ""), cert: call.text("cert") ?? "", cacerts: call.text("cacerts"),
            auto: false, force: apps[id]?.ssl?.force ?? false)
        apps[id]?.ssl = ssl
        var data = ssl.reply(as: .ssl).objectValue ?? [:]
        if settings.rules.keeps(.customSSLReply) {
            data["auto"] = nil
            data["force"] = nil
        }
        return Effect(data: .object(data), serverID: apps[id]?.serverID)
    }

    mutating func enableAutoSSL(_ call: Call, at moment: inout Moment) -> Effect {
        let id = AppID(call.pathID)
        // The line counts match a real 2048-bit key, its certificate and its chain.
        apps[id]?.ssl = SSLRecord(
            key: Secret(moment.random.pem("PRIVATE KEY", lines: 26)),
            cert: moment.random.pem("CERTIFICATE", lines: 30), cacerts: moment.random.pem("CERTIFICATE", lines: 24),
            auto: true, force: false)
        return sslEffect(id)
    }

    mutating func forceSSL(_ call: Call) -> Effect {
        let id = AppID(call.pathID)
        apps[id]?.ssl?.force = call.arguments["force"]?.boolValue ?? false
        // Without a certificate, a call that turns the redirect off is accepted under some rules. It changes nothing.
        guard apps[id]?.ssl != nil else { return Effect() }
        return sslEffect(id)
    }

    mutating func deleteSSL(_ call: Call) -> Effect {
        let id = AppID(call.pathID)
        apps[id]?.ssl = nil
        return Effect(serverID: apps[id]?.serverID)
    }

    private func sslEffect(_ id: AppID) -> Effect {
        Effect(data: apps[id]?.ssl?.reply(as: .ssl) ?? .null, serverID: apps[id]?.serverID)
    }
}
