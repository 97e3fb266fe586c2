internal import Groundwork
internal import OrderedCollections

/// The record of one step.
package struct RecordedStep: Hashable, Sendable {
    /// The last intent; `nil` for an observation.
    package internal(set) var intent: JournalEntry?
    /// The outcome of a change, or an observation; `nil` if none is recorded.
    package internal(set) var result: JournalEntry?

    /// The result, or else the intent, for what both contain.
    var entry: JournalEntry? { result ?? intent }
}

/// The record of a run's earlier executions, which a replay consumes step by step.
struct RunRecord: Sendable {
    private var steps: [StepID: RecordedStep] = [:]
    /// The number of times that each step was started with attempt 1: at first, after a failure, or by a person's
    /// decision.
    private(set) var begun: [StepID: Int] = [:]
    /// A result in the record, in whose turn a replay delivers it.
    struct Turn: Hashable, Sendable {
        /// The step.
        let step: StepID
        /// Whether the step failed then and is made again; at its turn, other steps go on as they did then.
        let isRetried: Bool
    }

    /// The results in their order, with the failures that are retried.
    private(set) var turns: [Turn] = []
    /// The steps in the order of their results.
    private var results: [(step: StepID, hasFailed: Bool)] = []
    /// The positions in `results` of those that are forgotten, so that nothing depends on them.
    private var forgotten: Set<Int> = []
    /// The steps with a recorded intent but no result.
    private(set) var intents: [StepID] = []
    /// The ids that a stop before a deletion listed as deleted with it, by the deletion's step.
    private(set) var shownFalls: [StepID: Set<String>] = [:]
    /// The generated secrets, by name.
    private(set) var secrets: [String: String] = [:]
    /// The failed steps to retry, in the order of their failures.
    private(set) var retried: [JournalEntry] = []
    /// The entries since the last change; they changed nothing, so only later entries can depend on them.
    private var sinceChange: [(entry: JournalEntry, position: Int)] = []

    /// Builds the record from the entries of earlier executions.
    ///
    /// If a run ended with a failure after a refusal or a failed read, it is retried from its last change on. What it
    /// read since then may have caused the failure, and the refused request changed nothing. The same applies if a
    /// person asked for it.
    ///
    /// An execution that was killed has no such end. There, a failure is retried only if nothing came after it. If the
    /// recipe continued after a failure, in its coroutine or in those that wait for it, the failure stays: it is part
    /// of what happened.
    init(_ entries: [JournalEntry]) {
        for entry in entries { take(entry) }
        leaveOutFailures()
        turns = takenTurns()
        intents = intents.filter { steps[$0].map { $0.result == nil } ?? false }
    }

    private mutating func take(_ entry: JournalEntry) {
        switch entry.content {
        case .secret(let name, let value): secrets[name] = value
        case .ended(let end):
            if end.hasFailedRun, sinceChange.contains(where: { $0.entry.failure != nil }) { forgetSinceChange() }
        case .retry: forgetSinceChange()
        case .recipe, .plan: break
        case .intent(let call, let intent):
            let step = call.step
            if steps[step]?.intent == nil { intents.append(step) }
            if intent.attempt == 1 { begun[step, default: 0] += 1 }
            // The request is sent with the list of this intent, so an earlier stop no longer counts.
            shownFalls[step] = nil
            // The step started again, whatever its earlier result: its outcome is unknown.
            steps[step] = RecordedStep(intent: entry)
        case .outcome(let call, _), .observed(let call, _):
            results.append((call.step, entry.failure != nil))
            steps[call.step, default: RecordedStep()].result = entry
            if entry.mayHaveChanged { sinceChange = [] } else { sinceChange.append((entry, results.count - 1)) }
        case .stopped(let call, let stop):
            if let falls = stop.falls { shownFalls[call.step] = Set(falls) }
        }
    }

    /// Forgets reads and certain refusals since the last change, so that they are repeated: nothing depends on them.
    ///
    /// Waits and times right after the change stay: they cannot be the cause, and a wait is not repeated.
    private mutating func forgetSinceChange() {
        // A step that started and has no outcome may depend on any of them.
        guard !steps.values.contains(where: { $0.result == nil }) else { return }
        let kept = sinceChange.prefix { $0.entry.isWait || $0.entry.step?.place.isImmediate == true }
        for (entry, position) in sinceChange.dropFirst(kept.count) {
            forgotten.insert(position)
            guard let step = entry.step, steps[step]?.result == entry else { continue }
            steps[step] = nil
            if entry.failure != nil { retried.append(entry) }
        }
        sinceChange = Array(kept)
    }

    /// Returns the results to deliver in turn.
    ///
    /// A step that failed in one execution and succeeded in the next has two results; the last counts, at its position.
    /// At the position of the first, other steps may have gone on because of the failure.
    private func takenTurns() -> [Turn] {
        var seen: Set<StepID> = []
        var turns: [Turn] = []
        for (position, result) in results.enumerated().reversed() where !forgotten.contains(position) {
            let isLast = seen.insert(result.step).inserted
            if isLast, steps[result.step]?.result != nil {
                turns.append(Turn(step: result.step, isRetried: false))
            } else if result.hasFailed {
                turns.append(Turn(step: result.step, isRetried: true))
            }
        }
        return turns.reversed()
    }

    private mutating func leaveOutFailures() {
        // The last position of each coroutine, by its own steps and by those of coroutines that it waited for.
        var last: [Place: (call: Int, part: Int)] = [:]
        for step in steps.keys {
            for position in [step] + step.callers {
                let known = last[position.place] ?? (0, 0)
                if known < (position.call, position.part) { last[position.place] = (position.call, position.part) }
            }
        }
        for (step, _) in results where steps[step]?.result?.failure != nil {
            let wentOn = ([step] + step.callers).contains { position in
                last[position.place].map { $0 > (position.call, position.part) } ?? false
            }
            guard !wentOn else { continue }
            // A step that a person left out stays left out: it may have been done, and must not be done twice.
            guard let result = steps[step]?.result, !result.wasSkipped else { continue }
            retried.append(result)
            // A change that was certainly not made starts from the beginning; a change that may have been made is
            // looked for.
            steps[step]?.result = nil
            if result.failure?.mayHaveChanged == false { steps[step] = nil }
        }
    }

    /// Returns the result or intent of a step that was not taken yet.
    func entry(_ id: StepID) -> JournalEntry? { steps[id]?.entry }

    /// Removes and returns the record of a step.
    mutating func take(_ id: StepID) -> RecordedStep? { steps.removeValue(forKey: id) }

    /// Returns any entry that was not taken; only of a change if `changesOnly` is true.
    func leftover(changesOnly: Bool) -> JournalEntry? {
        (turns.filter { !$0.isRetried }.map(\.step) + intents).lazy.compactMap { steps[$0] }.first {
            !changesOnly || $0.intent != nil
        }?.entry
    }
}

extension Entry.End {
    /// Whether the execution failed; an execution that was cancelled only has to continue.
    fileprivate var hasFailedRun: Bool {
        if case .failed(let code, _) = result { code != StepFailure.cancelled } else { false }
    }
}

extension JournalEntry {
    /// Whether the step may have changed something, or a person decided about it.
    fileprivate var mayHaveChanged: Bool {
        guard !wasSkipped else { return true }
        guard let outcome else { return false }
        return outcome.failure?.mayHaveChanged ?? true
    }

    /// Whether the entry is a wait or sleep that completed.
    fileprivate var isWait: Bool { failure == nil && ["wait", "sleep"].contains(operation) }
}

extension StepID {
    /// The calls that wait for the step's coroutine, from the nearest to that of the run itself, with part 0.
    public var callers: [StepID] {
        let levels = place.path?.levels ?? []
        return levels.indices.reversed().map { index in
            StepID(.coroutine(CoroutinePath(Array(levels[..<index]))), call: levels[index].call, part: 0)
        }
    }
}
