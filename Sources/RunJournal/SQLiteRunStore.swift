internal import GRDB
public import RecipeEngine

/// Runs in one SQLite file that its owner alone may read, with its key in another.
///
/// What can hold secrets, the parameters of a run and the bodies of its entries, is encrypted with that key, and what
/// stands beside it cannot be changed, swapped or left out without being noticed. The rest is there for people to see:
/// ```sh
/// sqlite3 journal.db "SELECT position, kind, operation, site FROM entries WHERE run = 'k3v9q2'"
/// ```
/// Several processes can have the file open; a file that two machines share is not safe, since SQLite's locks do not
/// reach so far.
public final class SQLiteRunStore: RunStore {
    private let path: String
    private let key: StoreKey
    private let database: DatabaseQueue

    /// Opens the file, makes it where there is none, and brings one of an older version up to date.
    ///
    /// - Parameters:
    ///   - path: The file; its folder must be there.
    ///   - keyPath: The file with the key, which is made with a new store. Whoever copies the store needs it too.
    /// - Throws: `JournalError`; a file that was there is as it was then.
    public init(path: String, keyPath: String) throws(JournalError) {
        self.path = path
        do {
            let opened = try Self.open(path, KeyFile(path: keyPath))
            database = opened.queue
            key = opened.key
        } catch {
            throw JournalError(error, at: path, else: .unusable)
        }
    }

    /// The HMAC-SHA256 of the bytes with a key that only this store has, in hexadecimal.
    public func digest(_ bytes: [UInt8]) -> String { key.digest(bytes) }

    /// Encrypts bytes with the store's key, bound to others that stand beside them in the open.
    ///
    /// - Throws: `JournalError`, `unwritten`.
    public func seal(_ bytes: [UInt8], beside context: [UInt8]) throws(JournalError) -> [UInt8] {
        do {
            return Array(try key.seal(bytes, authenticating: context))
        } catch {
            throw JournalError(.unwritten, "It could not be encrypted.")
        }
    }

    /// Decrypts what `seal` encrypted; `nil` where either was changed, or another store's key encrypted it.
    public func unseal(_ bytes: [UInt8], beside context: [UInt8]) -> [UInt8]? {
        key.unsealed(bytes, beside: context)
    }

    /// Takes an account for one owner: raises its epoch, so that an earlier owner can write no more.
    ///
    /// - Returns: the epoch, to be given with every entry.
    /// - Throws: `JournalError`.
    public func takeOver(_ account: String) async throws(JournalError) -> Int64 {
        try await write { try $0.takeOver(account) }
    }

    /// Begins a run with all that it rests on, in one transaction, which is on the disk when this returns.
    ///
    /// - Throws: `JournalError`: `fenced` when somebody else has taken the account over, `unwritten` when there is a run
    ///   of that name already, or it could not be written.
    public func begin(
        _ header: RunHeader, with entries: [JournalEntry], epoch: Int64
    ) async throws(JournalError) {
        try await write { tables in
            try tables.begin(header, epoch: epoch)
            try tables.append(entries, to: header.id, epoch: epoch)
        }
    }

    /// Adds entries to a run in one transaction, which is on the disk when this returns.
    ///
    /// - Throws: `JournalError`: `fenced` when somebody else has taken the account over, `unknownRun`, `unwritten` when
    ///   they could not be written, or could not be read again.
    public func append(_ entries: [JournalEntry], to run: RunID, epoch: Int64) async throws(JournalError) {
        try await write { try $0.append(entries, to: run, epoch: epoch) }
    }

    /// The runs, the one that was begun last first.
    ///
    /// - Throws: `JournalError`.
    public func runs() async throws(JournalError) -> [RunOverview] {
        try await read { try $0.runs() }
    }

    /// The entries of a run, in the order of their writing.
    ///
    /// - Throws: `JournalError`: `unknownRun`; `damaged` when one was changed, swapped or left out.
    public func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] {
        try await read { try $0.entries(of: run) }
    }

    /// Forgets a run and all that it wrote.
    ///
    /// - Throws: `JournalError`: `unknownRun`.
    public func remove(_ run: RunID) async throws(JournalError) {
        try await write { try $0.remove(run) }
    }

    /// Closes the file; what SQLite had beside it is gone then, unless others have it open.
    ///
    /// - Throws: `JournalError`.
    public func close() async throws(JournalError) {
        do {
            try database.close()
        } catch {
            throw JournalError(error, at: path, else: .unusable)
        }
    }

    /// A setting of the open file, as SQLite tells it: `synchronous`.
    ///
    /// - Throws: `JournalError`.
    package func pragma(_ name: String) async throws(JournalError) -> String? {
        try await read { try String.fetchOne($0.database, sql: "PRAGMA \(name)") }
    }
}

extension SQLiteRunStore {
    // In tasks of their own: GRDB gives up what a cancelled task wants, and a run that is cancelled still has to write
    // down what its last request did.

    private func write<Value: Sendable>(
        _ body: @escaping @Sendable (RunTables) throws -> Value
    ) async throws(JournalError) -> Value {
        let (database, key) = (self.database, self.key)
        let task = Task<Value, any Error> {
            try await database.write { try body(RunTables(database: $0, key: key)) }
        }
        do {
            return try await task.value
        } catch {
            throw JournalError(error, at: path, else: .unwritten)
        }
    }

    private func read<Value: Sendable>(
        _ body: @escaping @Sendable (RunTables) throws -> Value
    ) async throws(JournalError) -> Value {
        let (database, key) = (self.database, self.key)
        let task = Task<Value, any Error> {
            try await database.read { try body(RunTables(database: $0, key: key)) }
        }
        do {
            return try await task.value
        } catch {
            throw JournalError(error, at: path, else: .unusable)
        }
    }
}
