internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// What a run has changed so far, or may have, as its record tells: resources that differ from its plan by its own doing.
struct OwnChanges {
    /// Resources that the run made, changed or deleted.
    private var touched: Set<String> = []
    /// Those that it made or deleted: what is in them came and went with them.
    private var owners: Set<String> = []
    /// The natural keys of creations whose answer was lost.
    private var pending: [JSONObject] = []

    private static let references = ["serverid", "sysuserid", "appid"]

    init(_ record: [JournalEntry]) {
        var intents = OrderedDictionary<StepID, JournalEntry>()
        for entry in record {
            guard let step = entry.step, let operation = ServerPilot.Operation.named(.init(rawValue: entry.operation))
            else { continue }
            switch entry.kind {
            case .intent: intents[step] = entry
            case .outcome:
                intents[step] = nil
                guard entry.body["reply"] != nil else { continue }
                note(entry, operation)
            // What falls with a deletion is looked at again before it is sent, and was shown to a person meanwhile.
            case .stopped: touched.formUnion(entry.body["falls"]?.arrayValue?.compactMap(\.stringValue) ?? [])
            default: continue
            }
        }
        for intent in intents.values {
            guard let operation = ServerPilot.Operation.named(.init(rawValue: intent.operation)) else { continue }
            note(intent, operation)
            if operation.effect == .create, let key = intent.body["key"]?.objectValue, !key.isEmpty {
                pending.append(key)
            }
        }
    }

    private mutating func note(_ entry: JournalEntry, _ operation: ServerPilot.Operation) {
        // Journals of earlier versions have the id of what was deleted in the place of its name.
        let ids = [
            entry.body["reply"]?["data"]?["id"], entry.body["id"], entry.body["object"], entry.body["deletes"],
        ].compactMap { $0?.stringValue }
        touched.formUnion(ids)
        if operation.effect != .update { owners.formUnion(ids) }
    }

    /// An answer without those resources.
    func without(_ answer: JSONValue) -> JSONValue {
        switch answer {
        case .array(let things): .array(things.filter { !isOwn($0) })
        default: isOwn(answer) ? .null : answer
        }
    }

    private func isOwn(_ thing: JSONValue) -> Bool {
        if let id = thing["id"]?.stringValue, touched.contains(id) { return true }
        if Self.references.contains(where: { thing[$0]?.stringValue.map(owners.contains) ?? false }) { return true }
        return pending.contains { key in key.allSatisfy { thing[$0] == $1 } }
    }
}
