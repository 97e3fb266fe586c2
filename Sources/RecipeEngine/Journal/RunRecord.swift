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
    /// The step that a person was asked to decide about.
    private(set) var undecided: StepID?

    /// A record.
    ///
    /// A failure that nothing came after is left out: what failed is tried again. One that the recipe went on from, in
    /// its coroutine or in those that wait for it, stays: it is part of what happened.
    init(_ entries: [JournalEntry]) {
        for entry in entries {
            switch entry.kind {
            case .secret: secrets[entry.operation] = entry.body["value"]?.stringValue
            case .intent: if let step = entry.step { steps[step, default: Step()].intent = entry }
            case .outcome, .observed: if let step = entry.step { steps[step, default: Step()].result = entry }
            case .stopped: if entry.body["told"]?.boolValue != false { undecided = entry.step }
            case .ended: break
            }
        }
        if let step = undecided, steps[step]?.result != nil { undecided = nil }
        // How far each coroutine came, by its own steps and by those of coroutines that it waited for.
        var last: [String: (call: Int, part: Int)] = [:]
        for step in steps.keys {
            for (coroutine, call, part) in [(step.coroutine, step.call, step.part)] + step.waiting {
                let known = last[coroutine] ?? (0, 0)
                if known < (call, part) { last[coroutine] = (call, part) }
            }
        }
        let failures = steps.filter { $1.result?.body["failure"] != nil }.map(\.key)
        for step in failures {
            let wentOn = ([(step.coroutine, step.call, step.part)] + step.waiting).contains { coroutine, call, part in
                last[coroutine].map { $0 > (call, part) } ?? false
            }
            if !wentOn { steps[step]?.result = nil }
        }
        steps.removeAll { $1.entry == nil }
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

extension StepID {
    /// Where the coroutines stand that wait for the step's: each with its call, from the nearest to the run itself.
    fileprivate var waiting: [(coroutine: String, call: Int, part: Int)] {
        var waiting: [(String, Int, Int)] = []
        var path = coroutine.split(separator: "/")
        while let child = path.popLast(), let call = child.split(separator: ".").first.flatMap({ Int($0) }) {
            waiting.append((path.isEmpty ? "/" : path.map { "/\($0)" }.joined(), call, 0))
        }
        return waiting
    }
}
