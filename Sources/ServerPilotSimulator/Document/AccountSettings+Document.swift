internal import Groundwork
internal import ServerPilot

extension AccountSettings {
    var document: JSONValue {
        [
            "autossl_delay": JSONValue(autoSSLDelay), "runtimes": .array(runtimes.map { .string($0) }),
            "remembered_actions": .integer(Int64(rememberedActions)),
            "is_copy": .bool(isCopy), "switched_rules": .array(rules.written.map { .string($0) }),
        ]
    }

    init(document: DocumentReader) throws(SimulatorStateError) {
        self.init(
            autoSSLDelay: try document.duration("autossl_delay"), runtimes: try document.strings("runtimes"),
            rememberedActions: Int(clamping: try document.integer("remembered_actions")),
            rules: RuleChoices(written: try document.strings("switched_rules", default: [])))
        isCopy = try document.boolean("is_copy", default: false)
    }
}

extension RuleChoices {
    /// The chosen settings as they are stored: `app-name-unique=off`.
    fileprivate var written: [String] { departures.map { "\($0)=\($1)" }.sorted() }

    /// Reads the settings of a stored account, without rules and settings that no longer exist.
    ///
    /// Earlier versions stored only the id of a rule that was switched on or off.
    fileprivate init(written: [String]) {
        self.init()
        for text in written {
            let words = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard let id = words.first, let toggle = RuleEntry.named(id)?.toggle else { continue }
            try? set(id, to: words.count == 2 ? words[1] : toggle.isOnByDefault ? "off" : "on")
        }
    }
}
