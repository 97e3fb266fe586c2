package import GRDB
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A SQLite file of this program: only its owner can read it, and its commits wait for the disk.
///
/// Several processes can open it. A new file gets all of its tables or none. A file of another program stays unchanged.
package struct StoreFile {
    /// A reason why a file cannot be used as this kind of store.
    package enum Problem: Error, Hashable, Sendable {
        /// The file is a database of another program.
        case foreign
        /// The pages contradict each other. The value is the first message of SQLite's `quick_check`.
        case damaged(String)
        /// A newer version of the program wrote the file.
        case newer
        /// SQLite did not accept `synchronous = FULL`: commits would not wait for the disk.
        case unsynced

        /// Returns a message for users, in which `kind` is the purpose of the file: store, journal.
        package func message(_ kind: String, at path: String) -> String {
            switch self {
            case .foreign: "'\(path)' is a database of another program, and was left as it is."
            case .damaged(let faults): "The \(kind) '\(path)' is damaged: \(faults)"
            case .newer:
                "The \(kind) '\(path)' was written by a newer version of this program, and was left as it is."
            case .unsynced: "The \(kind) '\(path)' cannot be made to wait for the disk."
            }
        }
    }

    /// The path of the file.
    package let path: String
    /// The `application_id` in the file's header, a different number for each kind of store.
    package let applicationID: Int
    /// The label of the database connection, for GRDB's diagnostics.
    package let label: String
    /// The name of the migration that creates the first version of the tables.
    package let firstMigration: String
    /// The function that creates the tables of the first version, which never changes after its release.
    package let makeTables: @Sendable (GRDB.Database) throws -> Void

    /// Creates a description of a file, without opening it.
    package init(
        path: String, applicationID: Int, label: String, firstMigration: String,
        makeTables: @escaping @Sendable (GRDB.Database) throws -> Void
    ) {
        self.path = path
        self.applicationID = applicationID
        self.label = label
        self.firstMigration = firstMigration
        self.makeTables = makeTables
    }

    /// Seconds that a commit, or `open`, waits for another process that writes or copies the file.
    private static let busyTimeout = 5.0
    /// SQLite's number for `synchronous = FULL`: a commit waits for the disk.
    private static let synchronousFull = 2
    /// The pause between two attempts of `open` while the file is busy.
    ///
    /// SQLite's busy timeout does not cover turning on the write-ahead log, so `open` tries again for `busyTimeout`.
    /// A process that holds the file longer may have been stopped and may never release it.
    private static let pauseInMicroseconds: UInt32 = 20_000

    /// The migrations to every version of the tables, in order; add later versions here.
    private var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration(firstMigration, migrate: makeFirst)
        return migrator
    }

    /// Opens the file, creates it if it is missing, and migrates tables of an older version.
    ///
    /// - Parameter examine: Checks a file that is not new, before anything in it changes.
    /// - Returns: The open file.
    /// - Throws: `Problem`, `DatabaseError`, `Errno`, and errors of `examine`.
    package func open(examine: (GRDB.Database) throws -> Void) throws -> DatabaseQueue {
        let deadline = ContinuousClock.now + .seconds(Self.busyTimeout)
        while true {
            do {
                return try openNow(examine)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && .now < deadline {
                usleep(Self.pauseInMicroseconds)
            }
        }
    }

    private func openNow(_ examine: (GRDB.Database) throws -> Void) throws -> DatabaseQueue {
        // Creates the file, since a file that SQLite creates is readable by everybody. The files that SQLite adds
        // (-wal, -shm) get the permissions of this file.
        try FileDescriptor.open(
            FilePath(path), .readWrite, options: [.create], permissions: [.ownerRead, .ownerWrite]
        ).close()
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(Self.busyTimeout)
        configuration.label = label
        // Checks the file without the write-ahead log first: turning it on would change a file of another program.
        var careful = configuration
        careful.journalMode = .default
        let looking = try DatabaseQueue(path: path, configuration: careful)
        try looking.read { database in
            if try !isNew(database) { try check(database, examine) }
        }
        try looking.close()

        let queue = try DatabaseQueue(path: path, configuration: configuration)
        // With a write-ahead log GRDB sets NORMAL, after `prepareDatabase`. A power loss could then lose a change that
        // was already answered, or the intent of a request that was already sent.
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == Self.synchronousFull else {
                throw Problem.unsynced
            }
        }
        // Reads before it writes: a process that only wants to read must not wait for another's long write.
        if try queue.read(isNew) { try queue.writeWithoutTransaction(makeAtOnce) }
        if try !queue.read(migrator.hasCompletedMigrations) { try migrator.migrate(queue) }
        return queue
    }

    private func check(_ database: GRDB.Database, _ examine: (GRDB.Database) throws -> Void) throws {
        guard try Int.fetchOne(database, sql: "PRAGMA application_id") == applicationID else { throw Problem.foreign }
        if let faults = try String.fetchOne(database, sql: "PRAGMA quick_check(1)"), faults != "ok" {
            throw Problem.damaged(faults)
        }
        guard try !migrator.hasBeenSuperseded(database) else { throw Problem.newer }
        try examine(database)
    }

    private func isNew(_ database: GRDB.Database) throws -> Bool {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let tables = "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'"
        return try application == 0 && Int.fetchOne(database, sql: tables) == 0
    }

    private func makeFirst(_ database: GRDB.Database) throws {
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try makeTables(database)
    }

    /// Creates the tables of a new file, all or none, also if several processes start at once.
    ///
    /// The migrator creates its own table in a transaction before that of the first migration. A process that was
    /// killed in between left a file that looked like another program's. This function uses a single transaction for
    /// both, and records the first migration as applied.
    private func makeAtOnce(_ database: GRDB.Database) throws {
        try database.inTransaction(.immediate) {
            guard try isNew(database) else { return .commit }
            try database.execute(
                sql: "CREATE TABLE IF NOT EXISTS grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
            try makeFirst(database)
            try database.execute(
                sql: "INSERT INTO grdb_migrations (identifier) VALUES (?)", arguments: [firstMigration])
            return .commit
        }
    }
}
