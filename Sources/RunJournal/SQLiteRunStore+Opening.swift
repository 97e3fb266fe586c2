internal import GRDB
internal import RecipeEngine
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension SQLiteRunStore {
    /// What says in the header of a file that it is a store of runs: `sprj`.
    private static let applicationID = 0x7370_726A
    /// The version of what the rows mean; a program of an older one does not touch the file.
    private static let formatVersion = 1
    /// So long a commit waits for another process that writes or copies the file.
    private static let busyTimeout = 5.0
    /// What SQLite calls the setting that a commit waits for the disk.
    private static let synchronousFull = 2

    /// Every version of the tables, in their order.
    ///
    /// A version that has been released is never changed; a new one is added.
    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration(firstMigration, migrate: makeTables)
        return migrator
    }

    private static let firstMigration = "1 runs and entries"

    private static func makeTables(_ database: GRDB.Database) throws {
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: RunTables.schema)
        try database.setMeta("format_version", String(formatVersion))
    }

    /// Makes the tables of a new file, all or nothing, also when several processes begin at once.
    ///
    /// The migrator makes its own table in a transaction before the first migration's: a process that was killed in
    /// between left a file that looked like another program's. It finds the first one applied here.
    private static func makeTablesAtOnce(_ database: GRDB.Database) throws {
        try database.inTransaction(.immediate) {
            guard try isNew(database) else { return .commit }
            try database.execute(
                sql: "CREATE TABLE IF NOT EXISTS grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
            try makeTables(database)
            try database.execute(
                sql: "INSERT INTO grdb_migrations (identifier) VALUES (?)", arguments: [firstMigration])
            return .commit
        }
    }

    private static func isNew(_ database: GRDB.Database) throws -> Bool {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let tables = "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'"
        return try application == 0 && Int.fetchOne(database, sql: tables) == 0
    }

    /// Turning on the write-ahead log does not wait for others as everything else does, so that is tried again.
    private static let openings = 100
    private static let pauseInMicroseconds: UInt32 = 20_000

    /// - Throws: `JournalError`, `DatabaseError`, `Errno`.
    static func openPatiently(
        _ path: String, _ keyFile: KeyFile
    ) throws -> (queue: DatabaseQueue, key: StoreKey) {
        for _ in 1..<openings {
            do {
                return try open(path, keyFile)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                usleep(pauseInMicroseconds)
            }
        }
        return try open(path, keyFile)
    }

    /// - Throws: `JournalError`, `DatabaseError`, `Errno`.
    private static func open(_ path: String, _ keyFile: KeyFile) throws -> (queue: DatabaseQueue, key: StoreKey) {
        // Made before SQLite makes it, since SQLite's own would be readable by everybody; what it makes beside the
        // file has the permissions of the file.
        try FileDescriptor.open(
            FilePath(path), .readWrite, options: [.create], permissions: [.ownerRead, .ownerWrite]
        ).close()
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(busyTimeout)
        configuration.label = "run store"
        // It is looked at first without the write-ahead log: turning that on changes the file, which may not be ours.
        var careful = configuration
        careful.journalMode = .default
        let looking = try DatabaseQueue(path: path, configuration: careful)
        try looking.read { try check($0, path, keyFile) }
        try looking.close()

        let queue = try DatabaseQueue(path: path, configuration: configuration)
        // GRDB asks for NORMAL with a write-ahead log, behind `prepareDatabase`; that would let a machine that loses
        // its power forget the intent of a request that was sent.
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == synchronousFull else {
                throw JournalError(.unusable, "The journal '\(path)' cannot be made to wait for the disk.")
            }
        }
        // Each looks before it writes: a run that holds the file for long must not keep others from saying so.
        if try queue.read(isNew) { try queue.writeWithoutTransaction(makeTablesAtOnce) }
        if try !queue.read(migrator.hasCompletedMigrations) { try migrator.migrate(queue) }
        let known = try queue.read { database in
            try database.meta("key_check").map { try keyFile.read(matching: $0, of: path) }
        }
        return (queue, try known ?? queue.write { try key(in: $0, path, keyFile) })
    }

    /// Refuses what is another program's, a newer version's, damaged, or without its key.
    private static func check(_ database: GRDB.Database, _ path: String, _ keyFile: KeyFile) throws {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        if try isNew(database) { return }
        guard application == applicationID else {
            throw JournalError(.damaged, "'\(path)' is a database of another program, and was left as it is.")
        }
        if let faults = try String.fetchOne(database, sql: "PRAGMA quick_check(1)"), faults != "ok" {
            throw JournalError(.damaged, "The journal '\(path)' is damaged: \(faults)")
        }
        let version = try database.meta("format_version").flatMap { Int($0) } ?? 0
        guard try version <= formatVersion && !migrator.hasBeenSuperseded(database) else {
            throw JournalError(
                .newerFormat,
                "The journal '\(path)' was written by a newer version of this program, and was left as it is.")
        }
        if let check = try database.meta("key_check") { _ = try keyFile.read(matching: check, of: path) }
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
