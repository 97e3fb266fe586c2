internal import ServerPilot
internal import Synchronization

/// Writes the entries of a run in the order in which they came.
///
/// One commit is under way at a time, and what comes meanwhile goes together into the next. So no entry is ever durable
/// before one that came earlier, however long a store takes for each: a replay that found the intent of a step and not
/// what the step had read before would take the run for another one.
///
/// A batch is tried again for a while where that can help. A writer that failed stays failed: an entry that came later
/// would be durable without those that were lost, among which may be the password that its request sends.
final class EntryWriter: Sendable {
    /// What becomes of a caller whose entry waits.
    private enum Turn {
        /// Its entry was written with others.
        case over(Result<Void, JournalError>)
        /// It writes all that waits.
        case mine
    }

    private struct State {
        var waiting: [JournalEntry] = []
        var callers: [CheckedContinuation<Turn, Never>] = []
        var isWriting = false
        /// Why nothing is written any more.
        var failure: JournalError?
    }

    private let patience: JournalPatience
    private let time: any TimeSource
    private let write: @Sendable ([JournalEntry]) async throws(JournalError) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - patience: how often a batch is tried again.
    ///   - time: the clock of the pauses, which is told of callers that wait.
    ///   - write: makes entries durable, all or none.
    init(
        patience: JournalPatience, time: any TimeSource,
        _ write: @escaping @Sendable ([JournalEntry]) async throws(JournalError) -> Void
    ) {
        self.patience = patience
        self.time = time
        self.write = write
    }

    /// Why nothing is written any more; `nil` while it is.
    var failure: JournalError? { state.withLock { $0.failure } }

    /// Adds an entry that may wait for the next commit; its number is drawn in the same order.
    func add(_ entry: JournalEntry, number: () -> Int?) -> Int? {
        state.withLock { state in
            state.waiting.append(entry)
            return number()
        }
    }

    /// Adds an entry, and returns when it and all before it are durable; its number is drawn in the same order.
    ///
    /// - Throws: `JournalError`: it was not written, nor will anything be that comes after it.
    func commit(_ entry: JournalEntry, number: () -> Int?) async throws(JournalError) -> Int? {
        var drawn: Int?
        try await takeTurn { state in
            state.waiting.append(entry)
            drawn = number()
        }
        return drawn
    }

    /// Returns when all that waits is durable.
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
            // Who waits for another's commit makes no progress by itself, and the other may have to pause.
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

    /// Writes a batch, and again for as long as there is patience.
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
                // Also when the run is being stopped, what it did has to be written down.
                try? await time.sleep(for: rest)
            }
        }
    }
}
