package import Groundwork
internal import OrderedCollections
internal import Synchronization

/// A runner of steps that survives crashes: it records them in a journal, and replays those of earlier executions.
///
/// All that a program does to the world goes through it, by one of three ways: it observes, it pins a value, or it makes
/// a change. The intent of a change is durable before its request, and the outcome before the program continues.
/// Observations wait for the next change and are committed together with its intent. A step on which nothing depends
/// yet may thus be lost with the process; it is then repeated. A new run is recorded with its first change, so a run
/// that only reads writes nothing. See <doc:DurableSteps>.
package final class StepRunner: Sendable {
    private struct State {
        var record: RunRecord
        var decision: EffectDecision?
        /// The prefix of the markers of a run without a journal.
        var marker: String?
        var isAbandoned = false
        var onDivergence: @Sendable (StepStop) -> Void = { _ in }
    }

    /// The clock for pauses.
    package let time: any TimeSource
    let gate: ReplayGate?
    private let run: JournaledRun?
    private let writer: EntryWriter?
    private let mostKept: Int
    private let random: @Sendable () -> UInt64
    private let describe: @Sendable (StepCall, _ object: String?) -> String
    /// The step that the decision is about.
    private let decided: StepID?
    /// The tickets of recorded results, and of recorded failures whose steps are made again.
    private let tickets: (results: [StepID: Int], failures: [StepID: [Int]])
    private let state: Mutex<State>

    /// Creates a runner.
    ///
    /// - Parameters:
    ///   - run: the run with its record; `nil` for a run without a journal, in which nothing survives a crash.
    ///   - patience: the retry policy for failed writes.
    ///   - mostKept: the bytes of observations to keep in memory until the next commit; beyond it, they are written.
    ///   - time: the clock for pauses, real or virtual.
    ///   - random: the source of random numbers; only a run without a journal uses it, for its markers.
    ///   - describe: returns a call as shown to people, with the name of its target.
    package init(
        _ run: JournaledRun?, patience: JournalPatience = JournalPatience(), mostKept: Int = 64 << 20,
        time: any TimeSource,
        random: @escaping @Sendable () -> UInt64,
        describe: @escaping @Sendable (StepCall, _ object: String?) -> String = { $0.description(of: $1) }
    ) {
        self.run = run
        self.mostKept = mostKept
        self.time = time
        self.random = random
        self.describe = describe
        writer = run.map { run in
            EntryWriter(patience: patience, isBegun: { run.isRecorded }, time: time) { entries throws(JournalError) in
                try await run.write(entries)
            }
        }
        var entries = run?.record ?? []
        decided = run?.decision.flatMap { _ in entries.stumblingBlock?.step }
        // Without a step to leave out, the program itself stopped the run because of what it had read. So it reads
        // again.
        if decided == nil, run?.decision?.choice == .skip, entries.last?.kind == .ended {
            let retry = JournalEntry(.retry, at: time.now)
            entries.append(retry)
            _ = writer?.add(retry) { nil }
        }
        let record = RunRecord(entries)
        let waiting = record.turns.filter { !$0.step.place.isImmediate }
        var tickets: (results: [StepID: Int], failures: [StepID: [Int]]) = ([:], [:])
        for (ticket, turn) in waiting.enumerated() {
            if turn.isRetried {
                tickets.failures[turn.step, default: []].append(ticket)
            } else {
                tickets.results[turn.step] = ticket
            }
        }
        self.tickets = tickets
        gate = run.map { _ in ReplayGate(results: waiting.map(\.step), intents: Set(record.intents), base: time) }
        state = Mutex(State(record: record, decision: run?.decision))
        gate?.setOnMissing { [weak self] step, now in self?.missing(step, now) ?? true }
    }

    /// Whether the run has a journal.
    package var isOn: Bool { run != nil }
    /// Whether the journal contains the run; a new run is recorded with its first change.
    private var isRecorded: Bool { run?.isRecorded ?? false }
    /// The id of the run; `nil` for a run without a journal.
    package var runID: RunID? { run?.header.id }
    /// Whether a corrected program may continue the run.
    package var acceptsRecipeChange: Bool { run?.acceptsRecipeChange ?? false }

    /// The prefix of the markers of the run's changes; no two runs share it.
    package var marker: String {
        if let runID {
            return runID.rawValue.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
        return state.withLock { state in
            let marker = state.marker ?? String(random(), radix: 16)
            state.marker = marker
            return marker
        }
    }

    /// Returns a digest that reveals nothing of the arguments; empty for a run without a journal.
    package func digest(_ arguments: JSONObject) -> String {
        guard let run else { return "" }
        let sorted = JSONObject(uniqueKeysWithValues: arguments.sorted { $0.key < $1.key })
        return run.store.digest(JSONValue.object(sorted).bytes)
    }

    /// Returns a keyed digest that only this run's store gives for these bytes; `nil` for a run without a journal.
    package func digest(_ bytes: [UInt8]) -> String? { run?.store.digest(bytes) }

    // MARK: The record

    /// Takes the record of a step that the run reaches now; returns `nil` for a new step.
    ///
    /// - Parameters:
    ///   - call: the step with its call.
    ///   - isChange: whether the call changes something.
    /// - Returns: the record of the step.
    /// - Throws: `StepStop.diverged` if a different call is recorded there.
    package func take(_ call: StepCall, isChange: Bool) throws(StepStop) -> RecordedStep? {
        let recorded = state.withLock { $0.record.take(call.step) }
        guard let recorded, let entry = recorded.entry else { return nil }
        let isSameCall = entry.call?.call == call.call
        // A read that was recorded must not be taken for a change that was made, nor a change for a read.
        guard isSameCall, entry.call?.digest == call.digest, isChange == (entry.kind != .observed) else {
            throw .diverged(recorded: words(of: entry), now: describe(call, nil), argumentsOnly: isSameCall)
        }
        return recorded
    }

    private func words(of entry: JournalEntry) -> String {
        entry.call.map { describe($0, entry.object) } ?? entry.operation
    }

    /// Stops a run that does not reach a recorded step; with a corrected program, observations may be missing.
    ///
    /// - Returns: whether the step may be left out.
    private func missing(_ step: StepID, _ instead: String?) -> Bool {
        let (entry, onDivergence) = state.withLock { ($0.record.entry(step), $0.onDivergence) }
        guard let entry, !(acceptsRecipeChange && entry.kind == .observed) else { return true }
        onDivergence(.diverged(recorded: words(of: entry), now: instead ?? "something else", argumentsOnly: false))
        return false
    }

    /// Sets the function that stops the run if it never reaches a recorded step.
    package func setOnDivergence(_ stop: @escaping @Sendable (StepStop) -> Void) {
        state.withLock { $0.onDivergence = stop }
    }

    /// Checks at the end of the run that no recorded step is left.
    ///
    /// - Throws: `StepStop.diverged` if a step is left.
    package func expectNothingLeft() throws(StepStop) {
        let changesOnly = acceptsRecipeChange
        if let entry = state.withLock({ $0.record.leftover(changesOnly: changesOnly) }) {
            throw .diverged(recorded: words(of: entry), now: "the end of the recipe", argumentsOnly: false)
        }
    }

    /// Takes the person's decision, if it is about that step.
    package func takeDecision(about step: StepID) -> EffectDecision? {
        guard decided == step else { return nil }
        return state.withLock { state in
            defer { state.decision = nil }
            return state.decision
        }
    }

    /// Returns the ids listed as deleted with that step's deletion, if an earlier execution stopped before it.
    package func shownFalls(at step: StepID) -> Set<String>? { state.withLock { $0.record.shownFalls[step] } }

    /// Returns a secret that an earlier execution generated.
    package func secret(_ name: String) -> String? { state.withLock { $0.record.secrets[name] } }

    /// Returns how many times earlier executions started a step with attempt 1.
    func begun(_ step: StepID) -> Int { state.withLock { $0.record.begun[step] ?? 0 } }

    // MARK: Order

    /// Counts a piece of the program's work that can make progress.
    ///
    /// A program with concurrent steps counts its work, so that the runner knows when all of them wait.
    package func workBegan() { if let gate { gate.workBegan() } else { time.workBegan() } }

    /// Ends a piece of work that `workBegan` counted, because it is done or waits for a step.
    package func workEnded() { if let gate { gate.workEnded() } else { time.workEnded() } }

    /// Ends all waits for a turn, because the run is stopped.
    package func abandon() {
        state.withLock { $0.isAbandoned = true }
        gate?.abandon()
    }

    /// Whether the run was stopped.
    var isAbandoned: Bool { state.withLock { $0.isAbandoned } }

    /// Waits for the turn of a recorded result.
    package func turn(_ call: StepCall) async {
        if let gate, let ticket = tickets.results[call.step] { await gate.turn(ticket, describe(call, nil)) }
    }

    /// Waits for the turn of each recorded failure of a step that is made again.
    ///
    /// - Parameters:
    ///   - call: the step with its call.
    ///   - actor: the actor of the caller.
    ///   - ended: called at each turn, where the failure ended the step's coroutine in an earlier execution.
    package func turnOfFailures(
        _ call: StepCall, on actor: isolated (any Actor)? = #isolation, ended: () async -> Void = {}
    ) async {
        guard let gate, let failures = tickets.failures[call.step] else { return }
        for ticket in failures {
            await gate.turn(ticket, describe(call, nil))
            await ended()
        }
    }

    /// Waits for the turn of a new result, by its ticket.
    package func turn(_ ticket: Int?) async {
        if let ticket { await gate?.turn(ticket, "") }
    }

    /// Delays a new step until the whole record has been delivered.
    ///
    /// - Parameters:
    ///   - words: the call, for people.
    ///   - site: the line of the program; empty if unknown.
    package func admit(_ words: String, at site: String) async {
        await gate?.admit("\(words)\(site.isEmpty ? "" : " at \(site)")")
    }

    // MARK: Writing

    /// Records an entry that changes nothing.
    ///
    /// - Returns: the ticket of its turn, if it has one.
    @discardableResult
    package func note(_ entry: JournalEntry) -> Int? {
        guard let writer else { return nil }
        let gate = entry.step.map(\.place.isImmediate) == false ? gate : nil
        return writer.add(entry) { gate?.freshTicket() }
    }

    /// Writes an entry, and all entries before it, durably.
    ///
    /// - Returns: the ticket of its turn, if it is the outcome of a step.
    /// - Throws: `StepStop.unwritten` if it could not be written; then nothing may be sent.
    @discardableResult
    package func commit(_ entry: Entry) async throws(StepStop) -> Int? {
        guard let writer else { return nil }
        let entry = JournalEntry(entry, at: time.now)
        let gate = entry.kind == .outcome ? gate : nil
        do throws(JournalError) {
            return try await writer.commit(entry) { gate?.freshTicket() }
        } catch {
            throw .unwritten(error)
        }
    }

    /// Records the end of an execution; a run that has recorded no change leaves nothing behind.
    ///
    /// - Throws: `StepStop.unwritten` if it could not be written.
    package func end(_ end: Entry.End) async throws(StepStop) {
        if isRecorded { try await commit(.ended(end)) } else { try expectWritable() }
    }

    /// Writes the observations that still wait for a commit, unless the run has recorded no change yet.
    ///
    /// - Throws: `StepStop.unwritten` if they could not be written.
    package func keepReads() async throws(StepStop) {
        if isRecorded { try await flush() }
    }

    /// Writes the observations that wait for a commit if they take too much memory, even before the first change.
    ///
    /// - Throws: `StepStop.unwritten` if they could not be written.
    func writeIfTooMany() async throws(StepStop) {
        if let writer, writer.kept.bytes > mostKept { try await flush() }
    }

    /// Makes secrets durable that an observation is about to send, even before the first change: from then on, they may
    /// open something.
    ///
    /// - Throws: `StepStop.unwritten` if they could not be written; then nothing may be sent.
    func writeSecrets(_ names: [String]) async throws(StepStop) {
        if let writer, writer.kept.hold(anyOf: names) { try await flush() }
    }

    private func flush() async throws(StepStop) {
        do throws(JournalError) { try await writer?.flush() } catch { throw .unwritten(error) }
    }

    /// Checks, without asking the store, that no write has failed.
    ///
    /// - Throws: `StepStop.unwritten` if the journal failed; then nothing may be sent any more.
    func expectWritable() throws(StepStop) {
        if let failure = writer?.failure { throw .unwritten(failure) }
    }

    /// Checks with the store that this run still owns the account.
    ///
    /// - Throws: `StepStop.unwritten` if it does not.
    func checkEpoch() async throws(StepStop) {
        guard let run else { return }
        do throws(JournalError) {
            try await run.write([])
        } catch {
            throw .unwritten(error)
        }
    }
}
