internal import OrderedCollections
internal import ServerPilot

extension Account {
    /// Contradictions between records, each as a clause; empty for every account that `apply` produces.
    ///
    /// A stored account is checked when it is read. Tests check the account after operations.
    public var contradictions: [String] {
        serverContradictions + appContradictions + actionContradictions
    }

    private var serverContradictions: [String] {
        var found: [String] = []
        for user in sysusers.values {
            if servers[user.serverID] == nil { found.append("system user \(user.id) is on no server") }
            for key in user.sshkeys where sshkeys[key] == nil {
                found.append("system user \(user.id) holds no known SSH key \(key)")
            }
        }
        // When this rule is switched off, the user can be deleted, so its absence is no contradiction.
        let protection = Rule.isNotServerPilotUser
        guard settings.rules.keeps(protection.id, protection.toggle) else { return found }
        let withUser = Set(sysusers.values.filter { $0.name == SysuserRecord.serverPilotName }.map(\.serverID))
        for id in servers.keys where !withUser.contains(id) {
            found.append("server \(id) has no system user \(SysuserRecord.serverPilotName)")
        }
        return found
    }

    private var appContradictions: [String] {
        var found: [String] = []
        for app in apps.values where sysusers[app.sysuserID]?.serverID != app.serverID {
            found.append("app \(app.id) belongs to no system user of its server")
        }
        for database in databases.values where apps[database.appID]?.serverID != database.serverID {
            found.append("database \(database.id) belongs to no app of its server")
        }
        return found
    }

    private var actionContradictions: [String] {
        var found: [String] = []
        for action in actions.values {
            guard let server = servers[action.serverID] else {
                if settings.rules.keeps(.actionsLeaveWithServer) {
                    found.append("action \(action.id) is on no server")
                }
                continue
            }
            guard settings.rules.keeps(.unconnectedActionsStayOpen) else { continue }
            if (action.end == nil) != (server.connected == nil) {
                found.append("action \(action.id) has an end on a server without connection, or none on one with")
            }
        }
        return found
    }
}
