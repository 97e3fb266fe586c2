internal import ServerPilot

extension AccountSettings {
    var document: JSONValue {
        [
            "autossl_delay": JSONValue(autoSSLDelay), "runtimes": .array(runtimes.map { .string($0) }),
            "remembered_actions": .integer(Int64(rememberedActions)),
        ]
    }

    init(document: DocumentReader) throws(SimulatorStateError) {
        self.init(
            autoSSLDelay: try document.duration("autossl_delay"), runtimes: try document.strings("runtimes"),
            rememberedActions: Int(clamping: try document.integer("remembered_actions")))
    }
}
