internal import Groundwork

extension Account {
    var document: JSONValue {
        [
            "settings": settings.document,
            "servers": servers.document, "sshkeys": sshkeys.document, "sysusers": sysusers.document,
            "apps": apps.document, "dbs": databases.document, "actions": actions.document,
        ]
    }

    init(document: DocumentReader) throws(SimulatorStateError) {
        self.init(settings: try AccountSettings(document: try document.object("settings")))
        servers = try document.table("servers")
        sshkeys = try document.table("sshkeys")
        sysusers = try document.table("sysusers")
        apps = try document.table("apps")
        databases = try document.table("dbs")
        actions = try document.table("actions")
        let contradictions = contradictions
        guard contradictions.isEmpty else {
            throw SimulatorStateError(
                .inconsistent, "The simulator's state contradicts itself: \(contradictions.joined(separator: "; ")).")
        }
    }
}
