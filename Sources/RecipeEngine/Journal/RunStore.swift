/// Where runs are written down.
///
/// The embedded store is SQLite (`SQLiteRunStore`); one that teams share can stand behind the same protocol: nothing
/// here says where it is, and who may write is told by an epoch that the store itself checks.
public protocol RunStore: Sendable {
    /// A keyed digest: the same for the same bytes in this store, and telling nothing of them to others.
    func digest(_ bytes: [UInt8]) -> String

    /// Takes an account for one owner: raises its epoch, so that an earlier owner can write no more.
    ///
    /// - Returns: the epoch, to be given with every entry.
    /// - Throws: `JournalError`.
    func takeOver(_ account: String) async throws(JournalError) -> Int64

    /// Begins a run with all that it rests on, all or nothing; it is durable when this returns.
    ///
    /// - Parameters:
    ///   - header: what it is.
    ///   - entries: what it begins with, such as its plan: a run that could go on without it would do more than planned.
    ///   - epoch: by which its owner writes.
    /// - Throws: `JournalError`: `fenced` when somebody else has taken the account over, `unwritten` when there is a run
    ///   of that name already, or it could not be written.
    func begin(_ header: RunHeader, with entries: [JournalEntry], epoch: Int64) async throws(JournalError)

    /// Adds entries to a run, all or none; they are durable when this returns.
    ///
    /// - Throws: `JournalError`: `fenced` when somebody else has taken the account over, `unwritten` when they could
    ///   not be written.
    func append(_ entries: [JournalEntry], to run: RunID, epoch: Int64) async throws(JournalError)

    /// The runs, the one that was begun last first, whatever the time of day was.
    ///
    /// - Throws: `JournalError`.
    func runs() async throws(JournalError) -> [RunOverview]

    /// The entries of a run, in the order of their writing.
    ///
    /// - Throws: `JournalError`: `unknownRun`, `damaged`.
    func entries(of run: RunID) async throws(JournalError) -> [JournalEntry]

    /// Forgets a run and all that it wrote.
    ///
    /// - Throws: `JournalError`: `unknownRun`.
    func remove(_ run: RunID) async throws(JournalError)

    /// Closes the store.
    ///
    /// - Throws: `JournalError`.
    func close() async throws(JournalError)
}

extension RunStore {
    /// Begins a run that rests on nothing but its header.
    ///
    /// - Throws: `JournalError`, as `begin(_:with:epoch:)`.
    public func begin(_ header: RunHeader, epoch: Int64) async throws(JournalError) {
        try await begin(header, with: [], epoch: epoch)
    }
}

/// Why a store of runs cannot do something.
public struct JournalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is; more may come.
    public enum Code: String, Hashable, Sendable {
        /// Another owner has taken the account over.
        case fenced
        /// Another process has been writing it for longer than anybody waits.
        case busy
        /// It could not be written: the disk is full, the folder read-only.
        case unwritten
        /// There is no run of that name.
        case unknownRun
        /// It cannot be read: damaged, cut off, or another program's.
        case damaged
        /// A newer version of the program wrote it.
        case newerFormat
        /// The file with the key is missing, or belongs to another store.
        case keyMissing
        /// It cannot be opened.
        case unusable
    }

    /// What kind of failure it is.
    public let code: Code
    /// What happened, on what, without secrets.
    public let message: String

    /// A failure.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
