internal import RecipeEngine
internal import RunJournal
internal import SystemPackage

/// A run of the journal that no other process is carrying on, for as long as this is held.
struct RunHold {
    private let overview: RunOverview
    private let lock: FileLock

    /// Takes the account of the run for this process; `nil` where another process has it.
    ///
    /// What cannot be locked counts as held by another: nothing may be done to a run that may be under way.
    init?(_ overview: RunOverview, _ paths: Paths) {
        guard let lock = try? FileLock(beside: HeldJournal.lockPath(of: overview.header.account, in: paths.state))
        else {
            return nil
        }
        self.overview = overview
        self.lock = lock
    }

    /// Adds an entry to the run.
    ///
    /// - Throws: `JournalError`.
    func append(_ entry: JournalEntry, in store: SQLiteRunStore) async throws(JournalError) {
        defer { withExtendedLifetime(lock) {} }
        let epoch = try await store.takeOver(overview.header.account)
        try await store.append([entry], to: overview.header.id, epoch: epoch)
    }
}
