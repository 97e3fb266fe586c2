internal import OrderedCollections
public import ServerPilot

/// The generated secrets of a run that was written down.
extension [JournalEntry] {
    /// The names of those that may open something: what held them was sent and not refused, or got no answer.
    ///
    /// A run of an earlier version did not note what it sent: then all may.
    public var secretsInUse: Set<String> {
        let generated = Set(filter { $0.kind == .secret }.map(\.operation))
        let senders = filter { $0.body["secrets"] != nil }
        guard !senders.isEmpty || !contains(where: { $0.kind == .intent }) else { return generated }
        var refused: Set<StepID> = []
        for entry in self {
            guard let step = entry.step else { continue }
            let failure = RecipeError(document: entry.body["failure"])
            if entry.kind == .outcome, failure?.wasNotTaken ?? false {
                refused.insert(step)
            } else {
                refused.remove(step)
            }
        }
        let sent = senders.filter { $0.step.map { !refused.contains($0) } ?? false }
            .flatMap { $0.body["secrets"]?.arrayValue ?? [] }.compactMap(\.stringValue)
        return generated.intersection(sent)
    }

    /// Whether somebody has got the secrets of the run since the last one was generated.
    public var secretsWereShown: Bool {
        guard let last = lastIndex(where: { $0.kind == .secret }) else { return true }
        return self[last...].contains { $0.kind == .ended && $0.body["shown"]?.boolValue ?? false }
    }

    /// What notes that somebody has got the secrets of a run that has ended; `nil` where it has not.
    public func secretsShown(at time: Timestamp) -> JournalEntry? {
        guard var entry = last, entry.kind == .ended else { return nil }
        entry.time = time
        entry.body["shown"] = true
        return entry
    }
}
