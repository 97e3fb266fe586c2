/// A store for the journals of runs.
///
/// The embedded store is SQLite (`SQLiteRunStore`). A store that teams share can implement the same protocol: nothing
/// here depends on its location. A fencing epoch, which the store itself checks, decides who may write.
///
/// ```swift
/// func start(_ header: RunHeader, in store: any RunStore) async throws -> JournaledRun {
///     let isKnown = try await store.runs().contains { $0.header.id == header.id }
///     return isKnown ? try await store.resumeRun(header.id) : try await store.beginRun(header)
/// }
/// ```
public protocol RunStore: Sendable {
    /// Returns a keyed digest: the same for the same bytes in this store, without revealing them to others.
    func digest(_ bytes: [UInt8]) -> String

    /// Takes an account over for an owner: raises its epoch, so that an earlier owner can no longer write.
    ///
    /// - Returns: the epoch, which the owner passes with every write.
    /// - Throws: `JournalError`.
    func takeOver(_ account: String) async throws(JournalError) -> Int64

    /// Returns the current epoch of an account, without writing anything; 0 if no owner has taken it over.
    ///
    /// - Throws: `JournalError`.
    func epoch(of account: String) async throws(JournalError) -> Int64

    /// Begins a run together with its first entries, all or nothing; they are durable when this returns.
    ///
    /// - Parameters:
    ///   - header: the header of the run.
    ///   - entries: the first entries, such as the plan: a run that could continue without it would do more than
    ///     planned.
    ///   - epoch: the owner's epoch.
    /// - Throws: `JournalError`: `fenced` if another owner has taken the account over, `unwritten` if a run with that
    ///   id exists or the write failed.
    func begin(_ header: RunHeader, with entries: [JournalEntry], epoch: Int64) async throws(JournalError)

    /// Takes an account over and begins a run with its first entries, all in one commit.
    ///
    /// - Parameters:
    ///   - header: the header of the run.
    ///   - entries: the first entries.
    ///   - epoch: the epoch that the caller saw. If it is no longer current, another owner came in between.
    /// - Returns: the raised epoch, which the owner passes with every later write.
    /// - Throws: `JournalError`: `fenced` if the epoch is not current, `unwritten` if a run with that id exists or the
    ///   write failed.
    func begin(_ header: RunHeader, with entries: [JournalEntry], after epoch: Int64) async throws(JournalError)
        -> Int64

    /// Adds entries to a run, all or none; they are durable when this returns.
    ///
    /// - Throws: `JournalError`: `fenced` if another owner has taken the account over, `unwritten` if the write failed.
    func append(_ entries: [JournalEntry], to run: RunID, epoch: Int64) async throws(JournalError)

    /// Returns the runs in the reverse order in which they were begun, regardless of the clock.
    ///
    /// - Throws: `JournalError`.
    func runs() async throws(JournalError) -> [RunOverview]

    /// Returns the entries of a run in the order in which they were written.
    ///
    /// - Throws: `JournalError`: `unknownRun`, `damaged`.
    func entries(of run: RunID) async throws(JournalError) -> [JournalEntry]

    /// Deletes a run and all its entries.
    ///
    /// - Throws: `JournalError`: `unknownRun`.
    func remove(_ run: RunID) async throws(JournalError)

    /// Closes the store.
    ///
    /// - Throws: `JournalError`.
    func close() async throws(JournalError)
}

extension RunStore {
    /// Begins a run without first entries.
    ///
    /// - Throws: `JournalError`, as `begin(_:with:epoch:)`.
    public func begin(_ header: RunHeader, epoch: Int64) async throws(JournalError) {
        try await begin(header, with: [], epoch: epoch)
    }
}
