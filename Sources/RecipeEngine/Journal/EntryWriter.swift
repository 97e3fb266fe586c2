internal import Synchronization

/// Writes the entries of a run in the order in which they came.
///
/// One commit is under way at a time, and what comes meanwhile goes together into the next. So no entry is ever durable
/// before one that came earlier, however long a store takes for each: a replay that found the intent of a step and not
/// what the step had read before would take the run for another one.
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
    }

    private let write: @Sendable ([JournalEntry]) async throws(JournalError) -> Void
    private let state = Mutex(State())

    /// - Parameter write: makes entries durable, all or none.
    init(_ write: @escaping @Sendable ([JournalEntry]) async throws(JournalError) -> Void) { self.write = write }

    /// Adds an entry that may wait for the next commit; its number is drawn in the same order.
    func add(_ entry: JournalEntry, number: () -> Int?) -> Int? {
        state.withLock { state in
            state.waiting.append(entry)
            return number()
        }
    }

    /// Adds an entry, and returns when it and all before it are durable; its number is drawn in the same order.
    ///
    /// - Throws: `JournalError`: it was not written, nor what was to be written with it.
    func commit(_ entry: JournalEntry, number: () -> Int?) async throws(JournalError) -> Int? {
        var drawn: Int?
        let turn = await withCheckedContinuation { continuation in
            let isMine = state.withLock { state in
                state.waiting.append(entry)
                drawn = number()
                if state.isWriting {
                    state.callers.append(continuation)
                    return false
                }
                state.isWriting = true
                return true
            }
            if isMine { continuation.resume(returning: Turn.mine) }
        }
        switch turn {
        case .over(let result): try result.get()
        case .mine: try await writeAll()
        }
        return drawn
    }

    private func writeAll() async throws(JournalError) {
        let (entries, others) = state.withLock { state in
            defer { (state.waiting, state.callers) = ([], []) }
            return (state.waiting, state.callers)
        }
        let result: Result<Void, JournalError>
        do throws(JournalError) {
            try await write(entries)
            result = .success(())
        } catch {
            result = .failure(error)
        }
        for other in others { other.resume(returning: .over(result)) }
        let next = state.withLock { state in
            state.isWriting = !state.callers.isEmpty
            return state.isWriting ? state.callers.removeFirst() : nil
        }
        next?.resume(returning: .mine)
        try result.get()
    }
}
