internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// Writes down what a run does, and gives back what it did in an earlier life.
///
/// What was only observed waits for the next change, and is committed together with its intent: a step that nothing
/// depended on yet may be lost with the process, and is then made anew.
final class RunRecorder: Sendable {
    private struct State {
        var record: RunRecord
        var waiting: [JournalEntry] = []
        var decision: EffectDecision?
    }

    private let run: JournaledRun?
    private let state: Mutex<State>
    /// Turns to let other coroutines take what is recorded for them before a step counts as left over: each turn lets
    /// every one of them make a step.
    private static let turns = 1000

    init(_ run: JournaledRun?) {
        self.run = run
        state = Mutex(State(record: RunRecord(run?.record ?? []), decision: run?.decision))
    }

    /// Whether the run is written down.
    var isOn: Bool { run != nil }

    /// A digest of arguments that tells nothing of them; empty where nothing is written down.
    func digest(_ arguments: JSONObject) -> String {
        guard let run else { return "" }
        let sorted = JSONObject(uniqueKeysWithValues: arguments.sorted { $0.key < $1.key })
        return run.store.digest(JSONValue.object(sorted).bytes)
    }

    /// What is recorded of a step that is reached now; `nil` for a new one.
    ///
    /// - Throws: `RunStop` when something else is recorded there.
    func take(
        _ step: StepID, operation: String, digest: String, site: String
    ) throws(RunStop) -> RunRecord.Step? {
        let recorded = state.withLock { $0.record.take(step) }
        guard let recorded, let entry = recorded.entry else { return nil }
        guard entry.operation == operation, entry.digest == digest else {
            throw .diverged(
                recorded: Self.words(entry), now: "sp.\(operation) at \(site)",
                argumentsOnly: entry.operation == operation)
        }
        return recorded
    }

    /// Before a change that is not recorded: everything recorded has been taken by now, or the recipe has gone another
    /// way.
    ///
    /// - Throws: `RunStop`.
    func expectNothingLeft(before step: StepID, operation: String, site: String) async throws(RunStop) {
        let changesOnly = run?.acceptsRecipeChange ?? false
        func left(_ entry: JournalEntry) -> RunStop {
            .diverged(recorded: Self.words(entry), now: "sp.\(operation) at \(site)", argumentsOnly: false)
        }
        if let entry = state.withLock({
            $0.record.leftover(in: step.coroutine, after: step, changesOnly: changesOnly)
        }) {
            throw left(entry)
        }
        var count = state.withLock { $0.record.count }
        var turns = 0
        while turns < Self.turns, count > 0 {
            await Task.yield()
            let now = state.withLock { $0.record.count }
            turns = now == count ? turns + 1 : 0
            count = now
        }
        if let entry = state.withLock({ $0.record.leftover(changesOnly: changesOnly) }) { throw left(entry) }
    }

    /// At the end of the run: nothing recorded may be left.
    ///
    /// - Throws: `RunStop`.
    func expectNothingLeft() throws(RunStop) {
        let changesOnly = run?.acceptsRecipeChange ?? false
        if let entry = state.withLock({ $0.record.leftover(changesOnly: changesOnly) }) {
            throw .diverged(recorded: Self.words(entry), now: "the end of the recipe", argumentsOnly: false)
        }
    }

    private static func words(_ entry: JournalEntry) -> String {
        let name = entry.body["object"]?.stringValue.map { " \($0)" } ?? ""
        return "sp.\(entry.operation)\(name)\(entry.site.isEmpty ? "" : " at \(entry.site)")"
    }

    /// What a person decided, if it was about that step.
    func takeDecision(about step: StepID) -> EffectDecision? {
        state.withLock { state in
            guard state.record.undecided == step else { return nil }
            defer { state.decision = nil }
            return state.decision
        }
    }

    /// A secret of an earlier life.
    func secret(_ name: String) -> String? { state.withLock { $0.record.secrets[name] } }

    // MARK: Writing

    /// Notes what changes nothing.
    func observe(_ entry: JournalEntry) {
        guard isOn else { return }
        state.withLock { $0.waiting.append(entry) }
    }

    /// Makes sure that the account is still this run's.
    ///
    /// - Throws: `RunStop` when it is not.
    func checkEpoch() async throws(RunStop) {
        guard let run else { return }
        do throws(JournalError) {
            try await run.store.append([], to: run.header.id, epoch: run.epoch)
        } catch {
            throw .unwritten(error)
        }
    }

    /// Writes an entry, and all that waits, durably.
    ///
    /// - Throws: `RunStop` when it could not be written: then nothing may be sent.
    func commit(_ entry: JournalEntry) async throws(RunStop) {
        guard let run else { return }
        let entries = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting + [entry]
        }
        do throws(JournalError) {
            try await run.store.append(entries, to: run.header.id, epoch: run.epoch)
        } catch {
            throw .unwritten(error)
        }
    }
}
