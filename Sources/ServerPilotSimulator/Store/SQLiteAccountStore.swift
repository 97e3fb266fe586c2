internal import Groundwork
internal import OrderedCollections
internal import ServerPilot
internal import StoreFile

/// An account in a SQLite file that only its owner may read.
///
/// Every record is a row with its id and its document, the record's JSON in `SimulatorState.document`. A call writes
/// only the records that it touched. `sqlite3` or any other program can read the account while the simulator runs:
/// ```sh
/// sqlite3 account.db "SELECT document ->> 'name' FROM apps"
/// ```
/// The file contains the private keys of certificates, because the API returns them, and the simulation's credentials.
///
/// ```swift
/// let store = try SQLiteAccountStore(path: "account.db")
/// if let stored = try await store.load() {
///     let clock = VirtualClock(now: stored.state.now)
///     let simulation = SimulatedServerPilot(
///         state: stored.state, time: clock, credentials: stored.credentials, store: store)
///     print(simulation.account.apps.count)
///     try await simulation.close()
/// }
/// ```
public final class SQLiteAccountStore: AccountStore {
    private let path: String
    private let database: DatabaseQueue

    /// Opens the file, creates it if it does not exist, and upgrades a file of an older version.
    ///
    /// - Throws: `AccountStoreError`.
    public init(path: String) throws(AccountStoreError) {
        self.path = path
        do {
            database = try Self.open(path)
        } catch {
            throw AccountStoreError(error, at: path)
        }
    }

    /// Returns the account as of the last commit; `nil` if the store is new.
    ///
    /// - Throws: `AccountStoreError`.
    public func load() async throws(AccountStoreError) -> StoredAccount? {
        do {
            return try await database.read { try StoredAccount(from: $0) }
        } catch {
            throw AccountStoreError(error, at: path)
        }
    }

    /// Writes the first account into a new store.
    ///
    /// - Throws: `AccountStoreError`.
    public func create(_ account: StoredAccount) async throws(AccountStoreError) {
        do {
            try await database.write { database in
                try database.setMeta("format_version", .integer(SimulatorState.formatVersion))
                try database.setMeta("credentials", account.credentials.document)
                try database.write(AccountChanges(all: account.state))
            }
        } catch {
            throw AccountStoreError(error, at: path, else: .unwritten)
        }
    }

    /// Writes the changes in one transaction, which is durable when the function returns.
    ///
    /// - Throws: `AccountStoreError`.
    public func commit(_ changes: AccountChanges) async throws(AccountStoreError) {
        do {
            try await database.write { try $0.write(changes) }
        } catch {
            throw AccountStoreError(error, at: path, else: .unwritten)
        }
    }

    /// Closes the file; SQLite's auxiliary files beside it are then gone.
    ///
    /// - Throws: `AccountStoreError`.
    public func close() async throws(AccountStoreError) {
        do {
            try database.close()
        } catch {
            throw AccountStoreError(error, at: path)
        }
    }
}

extension SQLiteAccountStore {
    /// Returns a setting of the open file, as SQLite reports it.
    func pragma(_ name: String) async throws -> String? {
        try await database.read { try $0.pragma(name).text }
    }
}

extension DatabaseConnection {
    fileprivate func write(_ changes: AccountChanges) throws {
        for (key, document) in changes.records {
            guard let document else {
                try execute("DELETE FROM \(key.table.rawValue) WHERE id = ?", key.id)
                continue
            }
            // An existing row keeps its position; a new row follows all others.
            try execute(
                """
                INSERT INTO \(key.table.rawValue) (id, document) VALUES (?, ?)
                ON CONFLICT (id) DO UPDATE SET document = excluded.document
                """, key.id, document.text())
        }
        try setMeta("settings", changes.settings.document)
        try setMeta("now", JSONValue(changes.now))
        try setMeta("random", JSONValue(changes.random))
    }

    fileprivate func setMeta(_ name: String, _ value: JSONValue) throws {
        try execute(
            "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            name, value.text())
    }
}

extension StoredAccount {
    /// Reads the account; `nil` if the store is new.
    ///
    /// - Throws: `SimulatorStateError` if the rows are not a valid account.
    fileprivate init?(from database: DatabaseConnection) throws {
        var meta = try database.meta()
        guard let credentials = meta.removeValue(forKey: "credentials") else { return nil }
        var account: JSONObject = [:]
        account["settings"] = meta.removeValue(forKey: "settings")
        for table in AccountTable.allCases {
            let rows = try database.rows("SELECT document FROM \(table.rawValue) ORDER BY position")
            account[table.rawValue] = .array(try rows.map { try JSONValue(text: $0.value("document")) })
        }
        meta["account"] = .object(account)
        self.init(
            state: try SimulatorState(document: .object(meta)),
            credentials: try AccountCredentials(document: try DocumentReader(credentials, at: "$.credentials")))
    }
}

extension AccountCredentials {
    fileprivate var document: JSONValue {
        ["client_id": .string(clientID), "api_key": .string(apiKey.reveal())]
    }

    fileprivate init(document: DocumentReader) throws(SimulatorStateError) {
        self.init(clientID: try document.string("client_id"), apiKey: Secret(try document.string("api_key")))
    }
}
