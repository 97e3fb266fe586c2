internal import Groundwork

/// Passes changes to a store in the order in which they were made, and lets replies wait until they are durable.
///
/// It is a `GroupCommit`: changes that could not be written stay first in line, so the store never skips a change.
final class CommitQueue: Sendable {
    private let store: any AccountStore
    private let changes: GroupCommit<AccountChanges, AccountStoreError>

    init(_ store: any AccountStore) {
        self.store = store
        // In the background: cancelling a request must not cancel the commit of its changes.
        changes = GroupCommit(.inBackground) {
            $0.merge($1)
        } write: { changes throws(AccountStoreError) in
            try await store.commit(changes)
        }
    }

    /// Adds changes; the caller must add them in the order in which they were made.
    func add(_ changes: AccountChanges) { self.changes.add(changes) {} }

    /// Returns when all changes added so far are durable, at once if they already are.
    ///
    /// - Throws: `AccountStoreError` if the changes could not be written.
    func settle() async throws(AccountStoreError) { try await changes.commit(nil) { nil as Int? } }

    /// Writes the pending changes and closes the store.
    ///
    /// - Throws: `AccountStoreError`.
    func close() async throws {
        try await settle()
        try await store.close()
    }
}
