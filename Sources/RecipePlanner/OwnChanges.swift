internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// The changes that a run has made or may have made, by its record: they are no drift of the account.
struct OwnChanges {
    /// The resources that the run created, changed or deleted.
    private var touched: Set<String> = []
    /// Those that the run created or deleted: the resources inside appeared and disappeared with them.
    private var owners: Set<String> = []
    /// The natural keys of creations whose reply was lost.
    private var pending: [JSONObject] = []

    private static let references = ["serverid", "sysuserid", "appid"]

    init(_ record: [JournalEntry]) {
        var intents = OrderedDictionary<StepID, JournalEntry>()
        for entry in record {
            guard let step = entry.step, let operation = ServerPilot.Operation.named(.init(rawValue: entry.operation))
            else { continue }
            switch entry.content {
            case .intent: intents[step] = entry
            case .outcome(_, let outcome):
                intents[step] = nil
                if outcome.failure == nil { note(entry, operation) }
            // The stopped deletion showed a person the resources that fall with it. The run reads them again before the
            // request.
            case .stopped(_, let stop): touched.formUnion(stop.falls ?? [])
            default: continue
            }
        }
        for intent in intents.values {
            guard let operation = ServerPilot.Operation.named(.init(rawValue: intent.operation)) else { continue }
            note(intent, operation)
            if operation.effect == .create, let key = intent.intent?.key, !key.isEmpty {
                pending.append(key)
            }
        }
    }

    private mutating func note(_ entry: JournalEntry, _ operation: ServerPilot.Operation) {
        // Journals of earlier versions contain the id of a deleted resource instead of its name.
        var ids = [entry.repliedID, entry.id, entry.object].compactMap(\.self)
        if case .recreation(let deleted, _) = entry.intent?.evidence { ids.append(deleted) }
        touched.formUnion(ids)
        if operation.effect != .update { owners.formUnion(ids) }
    }

    /// Returns an answer without the run's own resources.
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
