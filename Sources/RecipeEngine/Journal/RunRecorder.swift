internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// A recorder that writes the steps of a run to its journal and replays those of earlier executions.
///
/// Observations wait for the next change and are committed together with its intent. A step on which nothing depends
/// yet may thus be lost with the process; it is then repeated.
final class RunRecorder: Sendable {
    private struct State {
        var record: RunRecord
        var decision: EffectDecision?
        /// The step that the decision is about.
        var decided: StepID?
        var gate: ReplayGate?
        /// The tickets of recorded results.
        var tickets: [StepID: Int] = [:]
    }

    private let run: JournaledRun?
    private let writer: EntryWriter?
    private let state: Mutex<State>

    /// Creates a recorder.
    ///
    /// - Parameters:
    ///   - run: the run; `nil` for a run without a journal.
    ///   - patience: the retry policy for failed writes.
    ///   - time: the clock for the pauses.
    init(_ run: JournaledRun?, patience: JournalPatience = JournalPatience(), time: any TimeSource) {
        self.run = run
        writer = run.map { run in
            EntryWriter(patience: patience, time: time) { entries throws(JournalError) in
                try await run.store.append(entries, to: run.header.id, epoch: run.epoch)
            }
        }
        var record = run?.record ?? []
        let decided = run?.decision.flatMap { _ in record.stumblingBlock?.step }
        // Without a step to leave out, the recipe itself stopped the run because of what it had read. So it reads
        // again.
        if decided == nil, run?.decision?.choice == .skip, record.last?.kind == .ended {
            let retry = JournalEntry(.retry, at: time.now)
            record.append(retry)
            _ = writer?.add(retry) { nil }
        }
        state = Mutex(State(record: RunRecord(record), decision: run?.decision, decided: decided))
    }

    /// Whether the run has a journal.
    var isOn: Bool { run != nil }

    /// Whether a corrected recipe may continue the run.
    var acceptsRecipeChange: Bool { run?.acceptsRecipeChange ?? false }

    /// Returns a digest that reveals nothing of the arguments; empty for a run without a journal.
    func digest(_ arguments: JSONObject) -> String {
        guard let run else { return "" }
        let sorted = JSONObject(uniqueKeysWithValues: arguments.sorted { $0.key < $1.key })
        return run.store.digest(JSONValue.object(sorted).bytes)
    }

    /// Returns a seal that only this store gives for these texts; `nil` for a run without a journal.
    func seal(of texts: [String]) -> LuaSeal? {
        guard let run else { return nil }
        let bits = (0..<2).map { half -> UInt64? in
            let values = [JSONValue.string("seal \(half)")] + texts.map { .string($0) }
            return UInt64(run.store.digest(JSONValue.array(values).bytes).prefix(16), radix: 16)
        }
        guard let first = bits[0], let second = bits[1] else { return nil }
        return LuaSeal((first, second))
    }

    /// Takes the record of a step that the run reaches now; returns `nil` for a new step.
    ///
    /// - Parameters:
    ///   - call: the step with its call.
    ///   - isChange: whether the call changes something.
    /// - Returns: the record of the step.
    /// - Throws: `RunStop` if a different call is recorded there.
    func take(_ call: StepCall, isChange: Bool) throws(RunStop) -> RunRecord.Step? {
        let recorded = state.withLock { $0.record.take(call.step) }
        guard let recorded, let entry = recorded.entry else { return nil }
        let isSameCall = entry.call?.call == call.call
        // A read that was recorded must not be taken for a change that was made, nor a change for a read.
        guard isSameCall, entry.call?.digest == call.digest, isChange == (entry.kind != .observed) else {
            throw .diverged(recorded: entry.words, now: call.words, argumentsOnly: isSameCall)
        }
        return recorded
    }

    // MARK: Order

    /// Returns the activity that the run's host must notify of its work, so that the gate knows when all coroutines
    /// wait.
    func activity(over base: any HostActivity) -> any HostActivity {
        guard isOn else { return base }
        let record = state.withLock { $0.record }
        let waiting = record.results.filter { !$0.place.isImmediate }
        let tickets = Dictionary(uniqueKeysWithValues: waiting.enumerated().map { ($1, $0) })
        let made = ReplayGate(results: waiting, intents: Set(record.intents), base: base)
        state.withLock { state in
            state.tickets = tickets
            state.gate = made
        }
        return made
    }

    /// Sets the handler that stops a diverged run; with a corrected recipe, observations may be missing.
    func setStop(_ stop: @escaping @Sendable (RunStop) -> Void) {
        let changesOnly = acceptsRecipeChange
        gate?.setOnMissing { [weak self] step, now in
            guard let entry = self?.state.withLock({ $0.record.entry(step) }) else { return true }
            if changesOnly, entry.kind == .observed { return true }
            stop(.diverged(recorded: entry.words, now: now ?? "something else", argumentsOnly: false))
            return false
        }
    }

    private var gate: ReplayGate? { state.withLock { $0.gate } }

    /// Ends all waits for a turn, because the run is stopped.
    func abandon() { gate?.abandon() }

    /// Waits for the turn of a recorded result.
    func turn(_ call: StepCall) async {
        let (gate, ticket) = state.withLock { ($0.gate, $0.tickets[call.step]) }
        if let gate, let ticket { await gate.turn(ticket, call.words) }
    }

    /// Waits for the turn of a new result, by its ticket.
    func turn(_ ticket: Int?) async {
        if let ticket { await gate?.turn(ticket, "") }
    }

    /// Delays a new step until the whole record has been delivered.
    ///
    /// - Parameters:
    ///   - words: the call, for people.
    ///   - site: the line of the recipe.
    func admit(_ words: String, at site: String) async {
        await gate?.admit("\(words)\(site.isEmpty ? "" : " at \(site)")")
    }

    /// Records that the step of an intent without an outcome was reached.
    func reached(_ step: StepID) { gate?.reached(step) }

    /// Checks at the end of the run that no recorded step is left.
    ///
    /// - Throws: `RunStop` if a step is left.
    func expectNothingLeft() throws(RunStop) {
        let changesOnly = acceptsRecipeChange
        if let entry = state.withLock({ $0.record.leftover(changesOnly: changesOnly) }) {
            throw .diverged(recorded: entry.words, now: "the end of the recipe", argumentsOnly: false)
        }
    }

    /// Takes the person's decision, if it is about that step.
    func takeDecision(about step: StepID) -> EffectDecision? {
        state.withLock { state in
            guard state.decided == step else { return nil }
            defer { state.decision = nil }
            return state.decision
        }
    }

    /// Returns the ids listed as deleted with that step's deletion, if an earlier execution stopped before it.
    func shownFalls(at step: StepID) -> Set<String>? { state.withLock { $0.record.shownFalls[step] } }

    /// The id of the run; `nil` for a run without a journal.
    var runID: RunID? { run?.header.id }

    /// Returns how many times earlier executions started a step with attempt 1.
    func begun(_ step: StepID) -> Int { state.withLock { $0.record.begun[step] ?? 0 } }

    /// Returns a secret that an earlier execution generated.
    func secret(_ name: String) -> String? { state.withLock { $0.record.secrets[name] } }

    // MARK: Writing

    /// Records an entry that changes nothing.
    ///
    /// - Returns: the ticket of its turn, if it has one.
    @discardableResult
    func observe(_ entry: JournalEntry) -> Int? {
        guard let writer else { return nil }
        let gate = entry.step.map(\.place.isImmediate) == false ? gate : nil
        return writer.add(entry) { gate?.freshTicket() }
    }

    /// Checks, without asking the store, that no write has failed.
    ///
    /// - Throws: `RunStop` if the journal failed; then nothing may be sent any more.
    func expectWritable() throws(RunStop) {
        if let failure = writer?.failure { throw .unwritten(failure) }
    }

    /// Checks with the store that this run still owns the account.
    ///
    /// - Throws: `RunStop` if it does not.
    func checkEpoch() async throws(RunStop) {
        guard let run else { return }
        do throws(JournalError) {
            try await run.store.append([], to: run.header.id, epoch: run.epoch)
        } catch {
            throw .unwritten(error)
        }
    }

    /// Writes the observations that still wait for a commit.
    ///
    /// - Throws: `RunStop` if they could not be written.
    func flush() async throws(RunStop) {
        do throws(JournalError) { try await writer?.flush() } catch { throw .unwritten(error) }
    }

    /// Writes an entry, and all entries before it, durably.
    ///
    /// - Returns: the ticket of its turn, if it is the outcome of a step.
    /// - Throws: `RunStop` if it could not be written; then nothing may be sent.
    @discardableResult
    func commit(_ entry: JournalEntry) async throws(RunStop) -> Int? {
        guard let writer else { return nil }
        let gate = entry.kind == .outcome ? gate : nil
        do throws(JournalError) {
            return try await writer.commit(entry) { gate?.freshTicket() }
        } catch {
            throw .unwritten(error)
        }
    }
}
