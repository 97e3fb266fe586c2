internal import StoreFile

extension SQLiteRunStore {
    /// SQLite's `application_id` in the header of a run store: `sprj` in ASCII.
    private static let applicationID = 0x7370_726A
    /// The version of the rows' meaning; an older program does not change a file with a newer version.
    private static let formatVersion = 1

    /// Opens or creates the store and reads or creates its key.
    ///
    /// - Throws: `JournalError`, `StoreFile.Problem`, `DatabaseError`, `Errno`.
    static func open(_ path: String, _ keyFile: KeyFile) throws -> (queue: DatabaseQueue, key: StoreKey) {
        let file = StoreFile(
            path: path, applicationID: applicationID, label: "run store", firstMigration: "1 runs and entries"
        ) { database in
            try database.execute(script: RunTables.schema)
            try database.setMeta("format_version", String(formatVersion))
        }
        let queue = try file.open { database in
            let version = try database.meta("format_version").flatMap { Int($0) } ?? 0
            guard version <= formatVersion else { throw StoreFile.Problem.newer }
            if let check = try database.meta("key_check") { _ = try keyFile.read(matching: check, of: path) }
        }
        // Read before writing: if a run holds the write lock for long, other processes can still open the store.
        let known = try queue.read { database in
            try database.meta("key_check").map { try keyFile.read(matching: $0, of: path) }
        }
        return (queue, try known ?? queue.write { try key(in: $0, path, keyFile) })
    }

    /// Returns the store's key; a new store takes the key in the file, or a new key.
    ///
    /// The caller runs this in a write transaction: if two processes create a store at once, only one sets its key.
    private static func key(in database: DatabaseConnection, _ path: String, _ keyFile: KeyFile) throws -> StoreKey {
        if let check = try database.meta("key_check") { return try keyFile.read(matching: check, of: path) }
        let key = try keyFile.readOrMake()
        try database.setMeta("key_check", key.check)
        return key
    }
}

extension DatabaseConnection {
    /// Returns a value of the store's `meta` table; `nil` if it has no such row.
    fileprivate func meta(_ name: String) throws -> String? {
        try row("SELECT value FROM meta WHERE name = ?", name)?.value("value")
    }

    fileprivate func setMeta(_ name: String, _ value: String) throws {
        try execute("INSERT INTO meta (name, value) VALUES (?, ?)", name, value)
    }
}
