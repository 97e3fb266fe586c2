internal import ServerPilot

extension AccountSettings {
    var document: JSONValue {
        [
            "autossl_delay": JSONValue(autoSSLDelay), "runtimes": .array(runtimes.map { .string($0) }),
            "remembered_actions": .integer(Int64(rememberedActions)),
            "is_copy": .bool(isCopy), "switched_rules": .array(rules.departures.sorted().map { .string($0) }),
        ]
    }

    init(document: DocumentReader) throws(SimulatorStateError) {
        self.init(
            autoSSLDelay: try document.duration("autossl_delay"), runtimes: try document.strings("runtimes"),
            rememberedActions: Int(clamping: try document.integer("remembered_actions")),
            rules: RuleChoices(departures: try document.strings("switched_rules", default: [])))
        isCopy = try document.boolean("is_copy", default: false)
    }
}

extension RuleChoices {
    /// Those of a stored account; a rule that is no longer there, or sure by now, is as it is.
    fileprivate init(departures: [String]) {
        self.init()
        for id in departures {
            guard let toggle = RuleEntry.named(id)?.toggle else { continue }
            try? set(id, on: !toggle.isOnByDefault)
        }
    }
}
