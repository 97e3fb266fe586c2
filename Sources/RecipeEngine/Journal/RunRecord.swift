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
    /// What a stop before a deletion has shown to fall with it, by the deletion's step.
    private(set) var shownFalls: [StepID: Set<String>] = [:]
    /// The secrets that were generated, by name.
    private(set) var secrets: [String: String] = [:]
    /// Steps that failed and are tried again, in the order of their failures.
    private(set) var retried: [JournalEntry] = []
    /// What is recorded since the last change: it changed nothing, so that nothing rests on it but what comes after.
    private var sinceChange: [JournalEntry] = []

    /// A record.
    ///
    /// A run that ended with a failure, after something was refused or could not be read, is tried again from its last
    /// change on: what it read since then may have been the cause, and what was refused changed nothing. The same holds
    /// where a person said so. A life that was killed has no such end: there a failure that nothing came after is tried
    /// again, and one that the recipe went on from, in its coroutine or in those that wait for it, stays: it is part of
    /// what happened.
    init(_ entries: [JournalEntry]) {
        for entry in entries { take(entry) }
        leaveOutFailures()
        // What failed in one life and was done in the next has two results; the last counts, where it stands.
        var seen: Set<StepID> = []
        results = results.reversed().filter { steps[$0]?.result != nil && seen.insert($0).inserted }.reversed()
        intents = intents.filter { steps[$0].map { $0.result == nil } ?? false }
    }

    private mutating func take(_ entry: JournalEntry) {
        if entry.kind == .secret { secrets[entry.operation] = entry.body["value"]?.stringValue }
        if entry.hasFailedRun, sinceChange.contains(where: { $0.body["failure"] != nil }) { forgetSinceChange() }
        if entry.isRetry { forgetSinceChange() }
        guard let step = entry.step else { return }
        switch entry.kind {
        case .intent:
            if steps[step]?.intent == nil { intents.append(step) }
            if entry.body["attempt"]?.integerValue == 1 { begun[step, default: 0] += 1 }
            // It was sent with what this intent names.
            shownFalls[step] = nil
            // Begun again, whatever came of it before: its outcome is not known.
            steps[step] = Step(intent: entry)
        case .outcome, .observed:
            results.append(step)
            steps[step, default: Step()].result = entry
            if entry.mayHaveChanged { sinceChange = [] } else { sinceChange.append(entry) }
        case .stopped:
            guard let falls = entry.body["falls"]?.arrayValue else { return }
            shownFalls[step] = Set(falls.compactMap(\.stringValue))
        case .ended, .secret: break
        }
    }

    /// Nothing rests on what was only read, or certainly refused, since the last change: it is asked again.
    ///
    /// Waits and times right after the change stay: they cannot be the cause, and a wait is not waited again.
    private mutating func forgetSinceChange() {
        // What was begun and has no outcome may rest on any of it.
        guard !steps.values.contains(where: { $0.result == nil }) else { return }
        let kept = sinceChange.prefix { $0.isWait || $0.step?.isImmediate == true }
        for entry in sinceChange.dropFirst(kept.count) {
            guard let step = entry.step, steps[step]?.result == entry else { continue }
            steps[step] = nil
            if entry.body["failure"] != nil { retried.append(entry) }
        }
        sinceChange = Array(kept)
    }

    private mutating func leaveOutFailures() {
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
            // What a person left out stays so: it may have been done, and a second one is what nobody wanted.
            guard let result = steps[step]?.result, !result.wasSkipped else { continue }
            retried.append(result)
            // What was certainly not done is begun afresh; what may have been is looked for.
            steps[step]?.result = nil
            if RecordedFailure(result.body["failure"])?.delivery != .ambiguous { steps[step] = nil }
        }
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

extension JournalEntry {
    private static let retryOperation = "retry"

    /// From here on the run is tried again from its last change on, because a person said so.
    static func retry(at time: Timestamp) -> JournalEntry {
        JournalEntry(.observed, operation: retryOperation, time: time)
    }

    fileprivate var isRetry: Bool { kind == .observed && step == nil && operation == Self.retryOperation }

    /// Whether it is the end of a life that failed; one that somebody stopped has only to go on.
    fileprivate var hasFailedRun: Bool {
        kind == .ended && body["status"]?.stringValue == RunOverview.Status.failed.rawValue
            && body["code"]?.stringValue != ServerPilotError.Code.cancelled.rawValue
    }

    /// Whether something may have been changed, or was decided by a person.
    fileprivate var mayHaveChanged: Bool {
        guard !wasSkipped else { return true }
        guard kind == .outcome else { return false }
        return RecordedFailure(body["failure"]).map { $0.delivery == .ambiguous } ?? true
    }

    /// Whether it is a wait that came to its end.
    fileprivate var isWait: Bool { body["failure"] == nil && ["wait", "sleep"].contains(operation) }
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
