package import GRDB
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A SQLite file of this program that only its owner may read, and whose commits wait for the disk.
///
/// Several processes can have it open. It is made whole or not at all; a file of something else is left as it is.
package struct StoreFile {
    /// Why a file is none of this kind, or cannot be used as one.
    package enum Problem: Error, Hashable, Sendable {
        /// It is a database of another program.
        case foreign
        /// Its pages contradict each other, in SQLite's words.
        case damaged(String)
        /// A newer version of the program has written it.
        case newer
        /// Its commits cannot be made to wait for the disk.
        case unsynced

        /// What happened, for people; `kind` is what the file is to them: a store, a journal.
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

    /// Where it is.
    package let path: String
    /// What says in its header which kind of store it is.
    package let applicationID: Int
    /// What SQLite calls it in messages.
    package let label: String
    /// The name of the first version of the tables.
    package let firstMigration: String
    /// Makes the tables of the first version, which is never changed once it was released.
    package let makeTables: @Sendable (GRDB.Database) throws -> Void

    /// A kind of file at a path.
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

    /// So long a commit waits for another process that writes or copies the file.
    private static let busyTimeout = 5.0
    /// What SQLite calls the setting that a commit waits for the disk.
    private static let synchronousFull = 2
    /// Turning on the write-ahead log does not wait for others as everything else does, so that is tried again for as
    /// long as a commit waits: who holds the file longer may have been stopped, and never let it go.
    private static let pauseInMicroseconds: UInt32 = 20_000

    /// Every version of the tables, in their order; later ones are added here.
    private var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration(firstMigration, migrate: makeFirst)
        return migrator
    }

    /// Opens the file, makes it where there is none, and brings one of an older version up to date.
    ///
    /// - Parameter examine: looks at a file that is not new, before anything of it is changed.
    /// - Returns: the open file.
    /// - Throws: `Problem`, `DatabaseError`, `Errno`, what `examine` throws.
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
        // Made before SQLite makes it, since SQLite's own would be readable by everybody; what it makes beside the
        // file has the permissions of the file.
        try FileDescriptor.open(
            FilePath(path), .readWrite, options: [.create], permissions: [.ownerRead, .ownerWrite]
        ).close()
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(Self.busyTimeout)
        configuration.label = label
        // It is looked at first without the write-ahead log: turning that on changes the file, which may not be ours.
        var careful = configuration
        careful.journalMode = .default
        let looking = try DatabaseQueue(path: path, configuration: careful)
        try looking.read { database in
            if try !isNew(database) { try check(database, examine) }
        }
        try looking.close()

        let queue = try DatabaseQueue(path: path, configuration: configuration)
        // GRDB asks for NORMAL with a write-ahead log, behind `prepareDatabase`; that would let a machine that loses
        // its power forget what was answered, or the intent of a request that was sent.
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == Self.synchronousFull else {
                throw Problem.unsynced
            }
        }
        // Each looks before it writes: a process that writes for long must not keep others from reading.
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

    /// Makes the tables of a new file, all or nothing, also when several processes begin at once.
    ///
    /// The migrator makes its own table in a transaction before the first migration's: a process that was killed in
    /// between left a file that looked like another program's. It finds the first one applied here.
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
