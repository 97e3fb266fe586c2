internal import Synchronization

/// Hands changes to a store in the order in which they were made, and lets replies wait until they are durable.
///
/// What arrives while a commit runs goes into the next one together (group commit): a commit costs a trip to the disk,
/// whatever it holds. Changes that could not be written stay at the head of the queue and are tried again with the next
/// reply that waits, so that the store never skips one.
final class CommitQueue: Sendable {
    private struct State {
        /// What has to be written, oldest first.
        var pending: AccountChanges?
        /// How many changes were added so far.
        var added = 0
        /// How many of them are durable.
        var durable = 0
        var isWriting = false
        var waiting: [(upTo: Int, continuation: CheckedContinuation<Void, any Error>)] = []

        /// Those who wait for changes up to that one.
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

    /// Takes over changes; the caller sees to it that they come in the order in which they were made.
    func add(_ changes: AccountChanges) {
        state.withLock { state in
            state.added += 1
            if state.pending == nil { state.pending = changes } else { state.pending?.merge(changes) }
        }
        startWriting()
    }

    /// Returns when everything that was added so far is durable, at once where it is already.
    ///
    /// - Throws: `AccountStoreError` when it could not be written.
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

    /// Writes what is left and closes the store.
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
        // A task of its own: a request that is given up must not take back what it has done.
        if isMine { Task { await write() } }
    }

    /// Commits until nothing is left, or the store has failed and nobody waits.
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
            // With whoever waits for later changes the batch is tried again, so each turn answers somebody.
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
