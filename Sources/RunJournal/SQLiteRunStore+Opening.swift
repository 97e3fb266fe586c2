internal import GRDB
internal import RecipeEngine
internal import StoreFile

extension SQLiteRunStore {
    /// What says in the header of a file that it is a store of runs: `sprj`.
    private static let applicationID = 0x7370_726A
    /// The version of what the rows mean; a program of an older one does not touch the file.
    private static let formatVersion = 1

    /// - Throws: `JournalError`, `StoreFile.Problem`, `DatabaseError`, `Errno`.
    static func open(_ path: String, _ keyFile: KeyFile) throws -> (queue: DatabaseQueue, key: StoreKey) {
        let file = StoreFile(
            path: path, applicationID: applicationID, label: "run store", firstMigration: "1 runs and entries"
        ) { database in
            try database.execute(sql: RunTables.schema)
            try database.setMeta("format_version", String(formatVersion))
        }
        let queue = try file.open { database in
            let version = try database.meta("format_version").flatMap { Int($0) } ?? 0
            guard version <= formatVersion else { throw StoreFile.Problem.newer }
            if let check = try database.meta("key_check") { _ = try keyFile.read(matching: check, of: path) }
        }
        // Looked for before it is written: a run that holds the file for long must not keep others from saying so.
        let known = try queue.read { database in
            try database.meta("key_check").map { try keyFile.read(matching: $0, of: path) }
        }
        return (queue, try known ?? queue.write { try key(in: $0, path, keyFile) })
    }

    /// The key of the store; one that has none yet takes the file's, or a new one.
    ///
    /// That happens in a transaction, so that of two processes that make a store one makes the key.
    private static func key(in database: GRDB.Database, _ path: String, _ keyFile: KeyFile) throws -> StoreKey {
        if let check = try database.meta("key_check") { return try keyFile.read(matching: check, of: path) }
        let key = try keyFile.readOrMake()
        try database.setMeta("key_check", key.check)
        return key
    }
}

extension GRDB.Database {
    /// What a store says of itself.
    fileprivate func meta(_ name: String) throws -> String? {
        try String.fetchOne(self, sql: "SELECT value FROM meta WHERE name = ?", arguments: [name])
    }

    fileprivate func setMeta(_ name: String, _ value: String) throws {
        try execute(sql: "INSERT INTO meta (name, value) VALUES (?, ?)", arguments: [name, value])
    }
}
