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

    private var steps: [StepID: Step] = [:]
    /// How often each step was begun from its beginning: anew after a failure, or by the decision of a person.
    private(set) var begun: [StepID: Int] = [:]
    /// The steps in the order of their results.
    private(set) var results: [StepID] = []
    /// The steps of which only the intent is recorded.
    private(set) var intents: [StepID] = []
    /// The secrets that were generated, by name.
    private(set) var secrets: [String: String] = [:]

    /// A record.
    ///
    /// A failure that nothing came after is left out: what failed is tried again. One that the recipe went on from, in
    /// its coroutine or in those that wait for it, stays: it is part of what happened.
    init(_ entries: [JournalEntry]) {
        for entry in entries {
            switch entry.kind {
            case .secret: secrets[entry.operation] = entry.body["value"]?.stringValue
            case .intent:
                guard let step = entry.step else { continue }
                if steps[step]?.intent == nil { intents.append(step) }
                if entry.body["attempt"]?.integerValue == 1 { begun[step, default: 0] += 1 }
                // Begun again, whatever came of it before: its outcome is not known.
                steps[step] = Step(intent: entry)
            case .outcome, .observed:
                guard let step = entry.step else { continue }
                results.append(step)
                steps[step, default: Step()].result = entry
            case .stopped, .ended: break
            }
        }
        // How far each coroutine came, by its own steps and by those of coroutines that it waited for.
        var last: [String: (call: Int, part: Int)] = [:]
        for step in steps.keys {
            for (coroutine, call, part) in [(step.coroutine, step.call, step.part)] + step.waiting {
                let known = last[coroutine] ?? (0, 0)
                if known < (call, part) { last[coroutine] = (call, part) }
            }
        }
        for step in results where steps[step]?.result?.body["failure"] != nil {
            let wentOn = ([(step.coroutine, step.call, step.part)] + step.waiting).contains { coroutine, call, part in
                last[coroutine].map { $0 > (call, part) } ?? false
            }
            guard !wentOn else { continue }
            let failure = RecordedFailure(steps[step]?.result?.body["failure"])
            // What a person left out stays so: it may have been done, and a second one is what nobody wanted.
            guard failure?.code != "skipped" else { continue }
            // What was certainly not done is begun afresh; what may have been is looked for.
            steps[step]?.result = nil
            if failure?.delivery != .ambiguous { steps[step] = nil }
        }
        // What failed in one life and was done in the next has two results; the last counts, where it stands.
        var seen: Set<StepID> = []
        results = results.reversed().filter { steps[$0]?.result != nil && seen.insert($0).inserted }.reversed()
        intents = intents.filter { steps[$0].map { $0.result == nil } ?? false }
    }

    /// What is recorded of a step and not taken yet.
    func entry(_ id: StepID) -> JournalEntry? { steps[id]?.entry }

    /// Takes what is recorded of a step.
    mutating func take(_ id: StepID) -> Step? { steps.removeValue(forKey: id) }

    /// Anything that is left.
    func leftover(changesOnly: Bool) -> JournalEntry? {
        (results + intents).lazy.compactMap { steps[$0] }.first { !changesOnly || $0.intent != nil }?.entry
    }
}

extension StepID {
    /// Where the coroutines stand that wait for the step's: each with its call, from the nearest to the run itself.
    fileprivate var waiting: [(coroutine: String, call: Int, part: Int)] {
        var waiting: [(String, Int, Int)] = []
        var path = coroutine.prefix { $0 != "!" }.split(separator: "/")
        while let child = path.popLast(), let call = child.split(separator: ".").first.flatMap({ Int($0) }) {
            waiting.append((path.isEmpty ? "/" : path.map { "/\($0)" }.joined(), call, 0))
        }
        return waiting
    }
}
