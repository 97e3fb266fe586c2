internal import ServerPilot

extension Account {
    var document: JSONValue {
        [
            "settings": [
                "autossl_delay": JSONValue(settings.autoSSLDelay),
                "runtimes": .array(settings.runtimes.map { .string($0) }),
                "remembered_actions": .integer(Int64(settings.rememberedActions)),
            ],
            "servers": servers.document, "sshkeys": sshkeys.document, "sysusers": sysusers.document,
            "apps": apps.document, "dbs": databases.document, "actions": actions.document,
        ]
    }

    init(document: DocumentReader) throws(SimulatorStateError) {
        let settings = try document.object("settings")
        self.init(
            settings: AccountSettings(
                autoSSLDelay: try settings.duration("autossl_delay"), runtimes: try settings.strings("runtimes"),
                rememberedActions: Int(clamping: try settings.integer("remembered_actions"))))
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
