internal import Synchronization

/// Passes changes to a store in the order in which they were made, and lets replies wait until they are durable.
///
/// Changes that arrive during a commit are merged into the next (group commit), because a commit costs one write to the
/// disk whatever its size. Changes that could not be written stay at the head of the queue. The queue retries them with
/// the next waiting reply, so the store never skips a change.
final class CommitQueue: Sendable {
    private struct State {
        /// The changes to write, merged in order.
        var pending: AccountChanges?
        /// The number of changes added so far.
        var added = 0
        /// The number of changes that are durable.
        var durable = 0
        var isWriting = false
        var waiting: [(upTo: Int, continuation: CheckedContinuation<Void, any Error>)] = []

        /// Removes and returns the continuations that wait for changes up to that number.
        mutating func takeWaiting(upTo number: Int) -> [CheckedContinuation<Void, any Error>] {
            let done = waiting.filter { $0.upTo <= number }.map(\.continuation)
            waiting.removeAll { $0.upTo <= number }
            return done
        }
    }

    private let store: any AccountStore
    private let state = Mutex(State())

    init(_ store: any AccountStore) {
        self.store = store
    }

    /// Adds changes; the caller must add them in the order in which they were made.
    func add(_ changes: AccountChanges) {
        state.withLock { state in
            state.added += 1
            if state.pending == nil { state.pending = changes } else { state.pending?.merge(changes) }
        }
        startWriting()
    }

    /// Returns when all changes added so far are durable, at once if they already are.
    ///
    /// - Throws: `AccountStoreError` if the changes could not be written.
    func settle() async throws {
        if state.withLock({ $0.durable == $0.added }) { return }
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let isDone = state.withLock { state in
                if state.durable == state.added { return true }
                state.waiting.append((state.added, continuation))
                return false
            }
            if isDone { continuation.resume() } else { startWriting() }
        }
    }

    /// Writes the pending changes and closes the store.
    ///
    /// - Throws: `AccountStoreError`.
    func close() async throws {
        try await settle()
        try await store.close()
    }

    private func startWriting() {
        let isMine = state.withLock { state in
            guard !state.isWriting, state.pending != nil else { return false }
            state.isWriting = true
            return true
        }
        // A separate task: cancelling a request must not cancel the commit of its changes.
        if isMine { Task { await write() } }
    }

    /// Commits until no changes are pending, or until the store has failed and no reply waits.
    private func write() async {
        while let (changes, number) = nextBatch() {
            var failure: AccountStoreError?
            do throws(AccountStoreError) {
                try await store.commit(changes)
            } catch {
                failure = error
            }
            for continuation in finish(changes, upTo: number, failure) {
                if let failure { continuation.resume(throwing: failure) } else { continuation.resume() }
            }
            // A failed batch is retried only while replies wait for later changes, so each turn resumes at least one
            // reply.
            if failure != nil, !continues() { return }
        }
    }

    private func nextBatch() -> (AccountChanges, Int)? {
        state.withLock { state in
            guard let changes = state.pending else {
                state.isWriting = false
                return nil
            }
            state.pending = nil
            return (changes, state.added)
        }
    }

    private func finish(
        _ changes: AccountChanges, upTo number: Int, _ failure: AccountStoreError?
    ) -> [CheckedContinuation<Void, any Error>] {
        state.withLock { state in
            if failure == nil {
                state.durable = number
            } else {
                var all = changes
                if let later = state.pending { all.merge(later) }
                state.pending = all
            }
            return state.takeWaiting(upTo: number)
        }
    }

    private func continues() -> Bool {
        state.withLock { state in
            if state.waiting.isEmpty { state.isWriting = false }
            return state.isWriting
        }
    }
}
