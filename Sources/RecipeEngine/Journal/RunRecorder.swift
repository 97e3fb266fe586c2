internal import LuaHost
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

    /// - Parameters:
    ///   - run: the run; `nil` for one that is not written down.
    ///   - patience: how often what could not be written is tried again.
    ///   - time: the clock of the pauses.
    init(_ run: JournaledRun?, patience: JournalPatience = JournalPatience(), time: any TimeSource) {
        self.run = run
        writer = run.map { run in
            EntryWriter(patience: patience, time: time) { entries throws(JournalError) in
                try await run.store.append(entries, to: run.header.id, epoch: run.epoch)
            }
        }
        var record = run?.record ?? []
        let decided = run?.decision.flatMap { _ in record.stumblingBlock?.step }
        // Where there is no step to leave out, the recipe itself stopped the run by what it had read: it reads again.
        if decided == nil, run?.decision?.choice == .skip, record.last?.kind == .ended {
            let retry = JournalEntry.retry(at: time.now)
            record.append(retry)
            _ = writer?.add(retry) { nil }
        }
        state = Mutex(State(record: RunRecord(record), decision: run?.decision, decided: decided))
    }

    /// Whether the run is written down.
    var isOn: Bool { run != nil }

    /// Whether a corrected recipe may go on.
    var acceptsRecipeChange: Bool { run?.acceptsRecipeChange ?? false }

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
                recorded: Self.words(entry), now: Self.words(operation, site),
                argumentsOnly: entry.operation == operation)
        }
        return recorded
    }

    // MARK: Order

    /// What a run's host is told of its work by, so that it is known when all of it waits.
    func activity(over base: any HostActivity) -> any HostActivity {
        guard isOn else { return base }
        let record = state.withLock { $0.record }
        let waiting = record.results.filter { !$0.isImmediate }
        let tickets = Dictionary(uniqueKeysWithValues: waiting.enumerated().map { ($1, $0) })
        let made = ReplayGate(results: waiting, intents: Set(record.intents), base: base)
        state.withLock { state in
            state.tickets = tickets
            state.gate = made
        }
        return made
    }

    /// Says what stops a run that has gone another way; in a corrected recipe, what was only read may be missing.
    func setStop(_ stop: @escaping @Sendable (RunStop) -> Void) {
        let changesOnly = acceptsRecipeChange
        gate?.setOnMissing { [weak self] step, now in
            guard let entry = self?.state.withLock({ $0.record.entry(step) }) else { return true }
            if changesOnly, entry.kind == .observed { return true }
            stop(.diverged(recorded: Self.words(entry), now: now ?? "something else", argumentsOnly: false))
            return false
        }
    }

    private var gate: ReplayGate? { state.withLock { $0.gate } }

    /// The run is stopped: nobody waits for their turn any more.
    func abandon() { gate?.abandon() }

    /// Waits for the turn of a recorded result.
    func turn(_ step: StepID, _ operation: String, at site: String) async {
        let (gate, ticket) = state.withLock { ($0.gate, $0.tickets[step]) }
        if let gate, let ticket { await gate.turn(ticket, Self.words(operation, site)) }
    }

    /// Waits for the turn of a result that was written down as the last.
    func turn(_ ticket: Int?) async {
        if let ticket { await gate?.turn(ticket, "") }
    }

    private static func words(_ operation: String, _ site: String) -> String {
        "\(JournalEntry.call(operation))\(site.isEmpty ? "" : " at \(site)")"
    }

    /// Something new waits until all that is recorded was given back.
    ///
    /// - Parameters:
    ///   - words: the call, for people.
    ///   - site: the line of the recipe.
    func admit(_ words: String, at site: String) async {
        await gate?.admit("\(words)\(site.isEmpty ? "" : " at \(site)")")
    }

    /// The step of an intent without outcome was reached.
    func reached(_ step: StepID) { gate?.reached(step) }

    /// At the end of the run: nothing recorded may be left.
    ///
    /// - Throws: `RunStop`.
    func expectNothingLeft() throws(RunStop) {
        let changesOnly = acceptsRecipeChange
        if let entry = state.withLock({ $0.record.leftover(changesOnly: changesOnly) }) {
            throw .diverged(recorded: Self.words(entry), now: "the end of the recipe", argumentsOnly: false)
        }
    }

    private static func words(_ entry: JournalEntry) -> String {
        let name = entry.body["object"]?.stringValue.map { " \($0)" } ?? ""
        return "\(JournalEntry.call(entry.operation))\(name)\(entry.site.isEmpty ? "" : " at \(entry.site)")"
    }

    /// What a person decided, if it was about that step.
    func takeDecision(about step: StepID) -> EffectDecision? {
        state.withLock { state in
            guard state.decided == step else { return nil }
            defer { state.decision = nil }
            return state.decision
        }
    }

    /// The ids of what an earlier life has shown to fall with the deletion of that step, when it stopped before it.
    func shownFalls(at step: StepID) -> Set<String>? { state.withLock { $0.record.shownFalls[step] } }

    /// The run's name; `nil` where it is not written down.
    var runID: RunID? { run?.header.id }

    /// How often a step was begun from its beginning in earlier lives.
    func begun(_ step: StepID) -> Int { state.withLock { $0.record.begun[step] ?? 0 } }

    /// A secret of an earlier life.
    func secret(_ name: String) -> String? { state.withLock { $0.record.secrets[name] } }

    // MARK: Writing

    /// Notes what changes nothing.
    ///
    /// - Returns: the ticket of its turn, where it has one.
    @discardableResult
    func observe(_ entry: JournalEntry) -> Int? {
        guard let writer else { return nil }
        let gate = entry.step.map(\.isImmediate) == false ? gate : nil
        return writer.add(entry) { gate?.freshTicket() }
    }

    /// Makes sure that what this run wrote down last is durable, as far as is known without asking the store.
    ///
    /// - Throws: `RunStop` when the journal failed: then nothing may be sent any more.
    func expectWritable() throws(RunStop) {
        if let failure = writer?.failure { throw .unwritten(failure) }
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

    /// Writes what was observed and still waits for a commit.
    ///
    /// - Throws: `RunStop` when it could not be written.
    func flush() async throws(RunStop) {
        do throws(JournalError) { try await writer?.flush() } catch { throw .unwritten(error) }
    }

    /// Writes an entry, and all that came before it, durably.
    ///
    /// - Returns: the ticket of its turn, where it is the outcome of a step.
    /// - Throws: `RunStop` when it could not be written: then nothing may be sent.
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
