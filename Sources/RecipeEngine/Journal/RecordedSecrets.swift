public import DurableSteps
public import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// The generated secrets of a recorded run.
extension [JournalEntry] {
    /// The names of the secrets that may be in use: a request that contains them was sent and not refused, or got no
    /// reply.
    ///
    /// Runs of an earlier version did not record the secrets that they sent. Then all secrets count as in use.
    public var secretsInUse: Set<String> {
        let generated = Set(filter { $0.kind == .secret }.map(\.operation))
        let senders = filter { $0.sentSecrets != nil }
        guard !senders.isEmpty || !contains(where: { $0.kind == .intent }) else { return generated }
        var refused: Set<StepID> = []
        for entry in self {
            guard let step = entry.step else { continue }
            if let failure = entry.outcome?.failure, failure.wasNotTaken {
                refused.insert(step)
            } else {
                refused.remove(step)
            }
        }
        let sent = senders.filter { $0.step.map { !refused.contains($0) } ?? false }
            .flatMap { $0.sentSecrets ?? [] }
        return generated.intersection(sent)
    }

    /// Whether the run's secrets were shown since the last secret was generated; true if there are no secrets.
    public var secretsWereShown: Bool {
        guard let last = lastIndex(where: { $0.kind == .secret }) else { return true }
        return self[last...].contains { $0.end?.areSecretsShown ?? false }
    }

    /// Returns the entry to record that the secrets of an ended run were shown; `nil` if it has not ended.
    public func secretsShown(at time: Timestamp) -> JournalEntry? {
        guard var end = last?.end else { return nil }
        end.areSecretsShown = true
        return JournalEntry(.ended(end), at: time)
    }
}

extension JournalEntry {
    /// The names of the generated secrets that the step sent; `nil` if none were generated yet.
    fileprivate var sentSecrets: [String]? { intent?.secrets ?? observation?.secrets }
}
