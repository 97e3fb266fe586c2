internal import DurableSteps
internal import Groundwork
internal import RecipeEngine
internal import RunJournal
internal import SystemPackage

/// A run of the journal that no other process can continue while this value exists.
struct RunHold {
    private let overview: RunOverview
    private let lock: FileLock

    /// Locks the account of the run for this process; `nil` if another process holds it.
    ///
    /// A lock that fails counts as held by another process, because the run may be in progress.
    init?(_ overview: RunOverview, _ paths: Paths) {
        guard let lock = try? FileLock(beside: HeldJournal.lockPath(of: overview.header.account, in: paths.state))
        else {
            return nil
        }
        self.overview = overview
        self.lock = lock
    }

    /// Appends an entry to the run.
    ///
    /// - Throws: `JournalError`.
    func append(_ entry: JournalEntry, in store: SQLiteRunStore) async throws(JournalError) {
        defer { withExtendedLifetime(lock) {} }
        let epoch = try await store.takeOver(overview.header.account)
        try await store.append([entry], to: overview.header.id, epoch: epoch)
    }
}
