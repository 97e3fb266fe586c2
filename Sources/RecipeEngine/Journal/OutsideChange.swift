internal import OrderedCollections
internal import ServerPilot

/// What a run has done outside of the account, as its record tells.
public struct OutsideChange: Hashable, Sendable {
    /// What was done: `http.post`.
    public let name: String
    /// What people call what it was done to: `POST https://api.example/v2/droplets`.
    public let object: String?
    /// Whether nobody knows that it was done.
    public let isLost: Bool

    /// It as people read it.
    public var words: String { [name, object].compactMap(\.self).joined(separator: " ") }
}

extension [JournalEntry] {
    /// What the run has done outside of the account, or may have done, in its order; what certainly failed is not there.
    public var outsideChanges: [OutsideChange] {
        var last = OrderedDictionary<StepID, JournalEntry>()
        for entry in self where entry.isOutside {
            guard let step = entry.step, [.intent, .outcome].contains(entry.kind) else { continue }
            last[step] = entry
        }
        return last.values.compactMap { entry in
            let object = entry.body["object"]?.stringValue
            let isLost = entry.kind == .intent || entry.body["failure"]?["code"]?.stringValue == RecipeError.lostAnswer
            guard isLost || entry.body["failure"] == nil else { return nil }
            return OutsideChange(name: entry.operation, object: object, isLost: isLost)
        }
    }
}
