internal import Groundwork
internal import ServerPilot
internal import Synchronization

/// A writer that makes the entries of a run durable in the order in which they arrive.
///
/// One commit runs at a time; entries that arrive meanwhile share the next commit. So no entry becomes durable before
/// an earlier entry, however long a store takes. Otherwise a replay could find a step's intent without the reads before
/// it. It would then conclude that the recipe has diverged.
///
/// The writer retries a batch for a while if a retry can help. A writer that failed stays failed. Otherwise a later
/// entry would be durable without the lost entries, which may include the password that its request sends.
final class EntryWriter: Sendable {
    /// The outcome for a caller whose entry waits.
    private enum Turn {
        /// Another caller has written the entry.
        case over(Result<Void, JournalError>)
        /// The caller has to write all waiting entries.
        case mine
    }

    private struct State {
        var waiting: [JournalEntry] = []
        var callers: [CheckedContinuation<Turn, Never>] = []
        var isWriting = false
        /// The reason why the writer stopped; `nil` while it works.
        var failure: JournalError?
    }

    private let patience: JournalPatience
    private let time: any TimeSource
    private let write: @Sendable ([JournalEntry]) async throws(JournalError) -> Void
    private let state = Mutex(State())

    /// Creates a writer.
    ///
    /// - Parameters:
    ///   - patience: the retry policy for a batch.
    ///   - time: the clock for pauses; it is also notified of callers that wait.
    ///   - write: makes entries durable, all or none.
    init(
        patience: JournalPatience, time: any TimeSource,
        _ write: @escaping @Sendable ([JournalEntry]) async throws(JournalError) -> Void
    ) {
        self.patience = patience
        self.time = time
        self.write = write
    }

    /// The reason why the writer stopped; `nil` while it works.
    var failure: JournalError? { state.withLock { $0.failure } }

    /// Adds an entry that may wait for the next commit, and draws its number in the same order.
    func add(_ entry: JournalEntry, number: () -> Int?) -> Int? {
        state.withLock { state in
            state.waiting.append(entry)
            return number()
        }
    }

    /// Adds an entry, draws its number in the same order, and returns once it and all earlier entries are durable.
    ///
    /// - Throws: `JournalError` if it was not written; then no later entry will be written either.
    func commit(_ entry: JournalEntry, number: () -> Int?) async throws(JournalError) -> Int? {
        var drawn: Int?
        try await takeTurn { state in
            state.waiting.append(entry)
            drawn = number()
        }
        return drawn
    }

    /// Returns once all waiting entries are durable.
    ///
    /// - Throws: `JournalError`, as `commit`.
    func flush() async throws(JournalError) { try await takeTurn { _ in } }

    private func takeTurn(_ add: (inout State) -> Void) async throws(JournalError) {
        let turn = await withCheckedContinuation { continuation in
            let turn = state.withLock { state -> Turn? in
                if let failure = state.failure { return .over(.failure(failure)) }
                add(&state)
                if state.isWriting {
                    state.callers.append(continuation)
                    return nil
                }
                state.isWriting = true
                return .mine
            }
            // A caller that waits for another commit makes no progress, and the committing caller may have to pause.
            if let turn { continuation.resume(returning: turn) } else { time.workEnded() }
        }
        switch turn {
        case .over(let result): try result.get()
        case .mine: try await writeAll()
        }
    }

    private typealias Caller = CheckedContinuation<Turn, Never>

    private func writeAll() async throws(JournalError) {
        let (entries, others) = state.withLock { state in
            defer { (state.waiting, state.callers) = ([], []) }
            return (state.waiting, state.callers)
        }
        let result = await written(entries)
        let (next, left) = state.withLock { state -> (next: Caller?, left: [Caller]) in
            if case .failure(let error) = result {
                defer { state.callers = [] }
                (state.failure, state.isWriting) = (error, false)
                return (nil, state.callers)
            }
            state.isWriting = !state.callers.isEmpty
            return (state.isWriting ? state.callers.removeFirst() : nil, [])
        }
        for other in others + left { resume(other, .over(result)) }
        if let next { resume(next, .mine) }
        try result.get()
    }

    private func resume(_ caller: Caller, _ turn: Turn) {
        time.workBegan()
        caller.resume(returning: turn)
    }

    /// Writes a batch, with retries as far as the policy allows.
    private func written(_ entries: [JournalEntry]) async -> Result<Void, JournalError> {
        guard !entries.isEmpty else { return .success(()) }
        var failures = 0
        while true {
            do throws(JournalError) {
                try await write(entries)
                return .success(())
            } catch {
                failures += 1
                guard let rest = patience.pause(after: failures, error.code) else { return .failure(error) }
                // Pause even while the run is being stopped: its changes must be recorded.
                try? await time.sleep(for: rest)
            }
        }
    }
}
