public import DurableSteps
internal import StoreFile

/// Runs in one SQLite file, with the key in a second file; only the owner can read both.
///
/// The key encrypts the parameters of a run and the bodies of its entries, which can contain secrets. The encryption
/// also authenticates the plain columns beside them, so a changed, swapped or missing entry is noticed. Only the
/// columns of a run that derive from its entries are not authenticated. People can read the plain columns:
/// ```sh
/// sqlite3 journal.db "SELECT position, kind, operation, site FROM entries WHERE run = 'k3v9q2'"
/// ```
/// Several processes can open the file. Two machines must not share it: SQLite's locks do not work across machines.
///
/// ```swift
/// let store = try SQLiteRunStore(path: "/var/lib/orders/journal.db", keyPath: "/var/lib/orders/journal.key")
/// for run in try await store.runs() { print(run.header.id, run.status, run.changes) }
/// try await store.close()
/// ```
public final class SQLiteRunStore: RunStore {
    private let path: String
    private let key: StoreKey
    private let database: DatabaseQueue

    /// Opens the file, creates it if there is none, and migrates an older version.
    ///
    /// - Parameters:
    ///   - path: The file; its folder must exist.
    ///   - keyPath: The file with the key; created with a new store. A copy of the store is useless without it.
    /// - Throws: `JournalError`; an existing file is then unchanged.
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

    /// Returns the HMAC-SHA256 of the bytes in hexadecimal; the key belongs to this store alone.
    public func digest(_ bytes: [UInt8]) -> String { key.digest(bytes) }

    /// Encrypts bytes with the store's key and authenticates the `context` that is stored beside them in plain text.
    ///
    /// - Throws: `JournalError`, `unwritten`.
    public func seal(_ bytes: [UInt8], beside context: [UInt8]) throws(JournalError) -> [UInt8] {
        do {
            return Array(try key.seal(bytes, authenticating: context))
        } catch {
            throw JournalError(.unwritten, "It could not be encrypted.")
        }
    }

    /// Decrypts the result of `seal`; `nil` if the bytes or the context were changed, or another store encrypted them.
    public func unseal(_ bytes: [UInt8], beside context: [UInt8]) -> [UInt8]? {
        key.unsealed(bytes, beside: context)
    }

    /// Raises an account's epoch, so that an earlier owner can no longer write.
    ///
    /// - Returns: The epoch, to pass with every write.
    /// - Throws: `JournalError`.
    public func takeOver(_ account: String) async throws(JournalError) -> Int64 {
        try await write { try $0.takeOver(account) }
    }

    /// Returns the current epoch of an account, without writing; 0 if no owner has taken it over.
    ///
    /// - Throws: `JournalError`.
    public func epoch(of account: String) async throws(JournalError) -> Int64 {
        try await read { try $0.epoch(of: account) ?? 0 }
    }

    /// Inserts a run with its first entries in one transaction, which is durable on return.
    ///
    /// - Throws: `JournalError`: `fenced` if another owner has taken over the account, `unwritten` if a run with this
    ///   id exists or the write failed.
    public func begin(
        _ header: RunHeader, with entries: [JournalEntry], epoch: Int64
    ) async throws(JournalError) {
        try await write { tables in
            try tables.begin(header, epoch: epoch)
            try tables.append(entries, to: header.id, epoch: epoch)
        }
    }

    /// Raises an account's epoch and inserts a run with its first entries, in one transaction, which is durable on return.
    ///
    /// - Throws: `JournalError`: `fenced` if `epoch` is not current, `unwritten` if a run with this id exists or the
    ///   write failed.
    public func begin(
        _ header: RunHeader, with entries: [JournalEntry], after epoch: Int64
    ) async throws(JournalError) -> Int64 {
        try await write { tables in
            try tables.check(epoch, of: header.account, named: header.accountName)
            let raised = try tables.takeOver(header.account)
            try tables.begin(header, epoch: raised)
            try tables.append(entries, to: header.id, epoch: raised)
            return raised
        }
    }

    /// Appends entries to a run in one transaction, which is durable on return.
    ///
    /// - Throws: `JournalError`: `fenced` if another owner has taken over the account, `unknownRun`, `unwritten` if the
    ///   entries could not be written, or could not be read back later.
    public func append(_ entries: [JournalEntry], to run: RunID, epoch: Int64) async throws(JournalError) {
        try await write { try $0.append(entries, to: run, epoch: epoch) }
    }

    /// Returns the runs, newest first.
    ///
    /// - Throws: `JournalError`.
    public func runs() async throws(JournalError) -> [RunOverview] {
        try await read { try $0.runs() }
    }

    /// Returns the entries of a run in the order in which they were written.
    ///
    /// - Throws: `JournalError`: `unknownRun`; `damaged` if an entry was changed, swapped or removed.
    public func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] {
        try await read { try $0.entries(of: run) }
    }

    /// Deletes a run and its entries.
    ///
    /// - Throws: `JournalError`: `unknownRun`.
    public func remove(_ run: RunID) async throws(JournalError) {
        try await write { try $0.remove(run) }
    }

    /// Closes the file; SQLite then deletes its `-wal` and `-shm` files, unless another process has the file open.
    ///
    /// - Throws: `JournalError`.
    public func close() async throws(JournalError) {
        do {
            try database.close()
        } catch {
            throw JournalError(error, at: path, else: .unusable)
        }
    }

    /// Returns a setting of the open database as SQLite reports it, such as `synchronous`.
    ///
    /// - Throws: `JournalError`.
    package func pragma(_ name: String) async throws(JournalError) -> String? {
        try await read { try $0.database.pragma(name).text }
    }
}

extension SQLiteRunStore {
    private func write<Value: Sendable>(
        _ body: @escaping @Sendable (RunTables) throws -> Value
    ) async throws(JournalError) -> Value {
        do {
            return try await database.write { [key] in try body(RunTables(database: $0, key: key)) }
        } catch {
            throw JournalError(error, at: path, else: .unwritten)
        }
    }

    private func read<Value: Sendable>(
        _ body: @escaping @Sendable (RunTables) throws -> Value
    ) async throws(JournalError) -> Value {
        do {
            return try await database.read { [key] in try body(RunTables(database: $0, key: key)) }
        } catch {
            throw JournalError(error, at: path, else: .unusable)
        }
    }
}
