/// A store for the journals of runs.
///
/// The embedded store is SQLite (`SQLiteRunStore`). A store that teams share can implement the same protocol: nothing
/// here depends on its location. A fencing epoch, which the store itself checks, decides who may write.
public protocol RunStore: Sendable {
    /// Returns a keyed digest: the same for the same bytes in this store, without revealing them to others.
    func digest(_ bytes: [UInt8]) -> String

    /// Takes an account over for an owner: raises its epoch, so that an earlier owner can no longer write.
    ///
    /// - Returns: the epoch, which the owner passes with every write.
    /// - Throws: `JournalError`.
    func takeOver(_ account: String) async throws(JournalError) -> Int64

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

/// A failure of a store of runs.
public struct JournalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure; later versions may add more.
    public enum Code: String, Hashable, Sendable {
        /// Another owner has taken the account over.
        case fenced
        /// Another process has been writing to the store for longer than the time limit.
        case busy
        /// The write failed: the disk is full, or the folder is read-only.
        case unwritten
        /// No run has that id.
        case unknownRun
        /// The store cannot be read: it is damaged, truncated, or belongs to another program.
        case damaged
        /// A newer version of the program wrote the store.
        case newerFormat
        /// The key file is missing or belongs to another store.
        case keyMissing
        /// The store cannot be opened.
        case unusable
    }

    /// The kind of failure.
    public let code: Code
    /// A description of the failure and its subject, without secrets.
    public let message: String

    /// Creates a failure.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
