internal import OrderedCollections
internal import ServerPilot

/// What earlier lives of a run have written, as a replay takes it step by step.
struct RunRecord: Sendable {
    /// What is recorded of one step.
    struct Step: Hashable, Sendable {
        /// The last intent.
        var intent: JournalEntry?
        /// The outcome, or what was observed.
        var result: JournalEntry?

        /// Either of them, for what both tell.
        var entry: JournalEntry? { result ?? intent }
    }

    private var steps: OrderedDictionary<StepID, Step> = [:]
    /// The secrets that were generated, by name.
    private(set) var secrets: [String: String] = [:]

    /// A record.
    ///
    /// The failures that the run ended with are left out: what failed is tried again. A failure that the recipe went on
    /// from stays: it is part of what happened.
    init(_ entries: [JournalEntry]) {
        var kept = entries[...]
        while let last = kept.last, last.kind == .ended || last.kind == .stopped || last.body["failure"] != nil {
            kept.removeLast()
        }
        for entry in kept {
            switch entry.kind {
            case .secret: secrets[entry.operation] = entry.body["value"]?.stringValue
            case .intent: if let step = entry.step { steps[step, default: Step()].intent = entry }
            case .outcome, .observed: if let step = entry.step { steps[step, default: Step()].result = entry }
            case .stopped, .ended: break
            }
        }
    }

    /// How much is left.
    var count: Int { steps.count }

    /// Takes what is recorded of a step.
    mutating func take(_ id: StepID) -> Step? { steps.removeValue(forKey: id) }

    /// A change that is left in the coroutine from that step on: the recipe has gone another way.
    func leftover(in coroutine: String, after id: StepID, changesOnly: Bool) -> JournalEntry? {
        steps.first { left, step in
            left.coroutine == coroutine && (left.call, left.part) > (id.call, id.part)
                && (!changesOnly || step.intent != nil)
        }?.value.entry
    }

    /// Anything that is left.
    func leftover(changesOnly: Bool) -> JournalEntry? {
        steps.values.first { !changesOnly || $0.intent != nil }?.entry
    }
}
