public import Groundwork

/// A program whose steps survive crashes.
///
/// ```swift
/// protocol Bank: Sendable {
///     func rate() async throws -> JSONValue
///     func transfer(_ amount: Int, at rate: JSONValue, key: String) async throws -> JSONValue
/// }
///
/// func pay(with bank: any Bank, in store: any RunStore, header: RunHeader, clock: any TimeSource) async throws {
///     let run = try await store.beginRun(header)          // or, after a crash: store.resumeRun(header.id)
///     try await DurableProgram.run(run, time: clock, random: { .random(in: .min ... .max) }) { line in
///         let rate = try await line.observe("rate") { try await bank.rate() }
///         return try await line.change("transfer", ["amount": 100], recovery: .repeatable) { attempt in
///             try await bank.transfer(100, at: rate, key: attempt.marker)
///         }
///     }
/// }
/// ```
public enum DurableProgram {
    /// Runs a program from its beginning: recorded steps are replayed, and the rest is made.
    ///
    /// - Parameters:
    ///   - run: the run with its record; `nil` for a run without a journal, in which nothing survives a crash.
    ///   - time: the clock for pauses, real or virtual.
    ///   - random: the source of random numbers.
    ///   - body: the program. Everything that it does or learns outside its steps must be the same in each execution.
    /// - Returns: the result of the program. If the program has changed something, the result is recorded too.
    /// - Throws: `StepStop` if the run must stop; the error of the program. A run that has changed something can be
    ///   resumed.
    @discardableResult
    public static func run(
        _ run: JournaledRun?, time: any TimeSource, random: @escaping @Sendable () -> UInt64,
        _ body: (StepLine) async throws -> JSONValue
    ) async throws -> JSONValue {
        let runner = StepRunner(run, time: time, random: random)
        let stopped = FirstStop()
        runner.setOnDivergence { [weak runner] reason in
            stopped.set(reason)
            runner?.abandon()
        }
        runner.workBegan()
        defer { runner.workEnded() }
        do {
            let value = try await body(StepLine(runner))
            if let reason = stopped.value { throw reason }
            try runner.expectNothingLeft()
            try await runner.end(Entry.End(.done(value)))
            return value
        } catch {
            if let reason = stopped.value ?? StepStop(error) {
                // A program that diverged must add nothing to the record.
                if !reason.isDivergence { try? await runner.keepReads() }
                throw reason
            }
            let failure = error as? any StepFailing
            let end = Entry.End.Result.failed(
                code: failure?.stepFailure.code ?? "failed", message: failure?.stepFailure.message ?? "\(error)")
            try await runner.end(Entry.End(end))
            throw error
        }
    }
}

extension RunStore {
    /// Begins a run, which the store contains from its first change on.
    ///
    /// The first change takes the account over, so that no earlier owner can write. A run that changes nothing is not
    /// recorded.
    ///
    /// - Parameter header: the header; its id is new in this store.
    /// - Returns: the run, to be passed to `DurableProgram`.
    /// - Throws: `JournalError`.
    public func beginRun(_ header: RunHeader) async throws(JournalError) -> JournaledRun {
        JournaledRun(new: header, in: self, after: try await epoch(of: header.account))
    }

    /// Takes an existing run over, with its record.
    ///
    /// - Parameters:
    ///   - id: the run.
    ///   - decision: a person's decision about the step at which it stopped.
    /// - Returns: the run, to be passed to `DurableProgram`.
    /// - Throws: `JournalError`, also `unknownRun`.
    public func resumeRun(_ id: RunID, decision: EffectDecision? = nil) async throws(JournalError) -> JournaledRun {
        guard let header = try await runs().first(where: { $0.header.id == id })?.header else {
            throw JournalError(.unknownRun, "no run has the id \(id)")
        }
        // Read the entries only after the takeover: until then, another owner may write.
        let epoch = try await takeOver(header.account)
        return JournaledRun(
            store: self, header: header, epoch: epoch, record: try await entries(of: id), decision: decision)
    }
}
