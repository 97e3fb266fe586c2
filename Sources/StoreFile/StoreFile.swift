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
            case .foreign: "'\(path)' is a database of another program. sprun did not change it."
            case .damaged(let faults): "The \(kind) '\(path)' is damaged: \(faults)"
            case .newer:
                "A newer version of sprun wrote the \(kind) '\(path)'. This version did not change it."
            case .unsynced: "SQLite does not sync the \(kind) '\(path)' to the disk."
            }
        }
    }

    /// The path of the file.
    package let path: String
    /// The `application_id` in the file's header, a different number for each kind of store.
    package let applicationID: Int
    /// The label of the database connection, for debuggers.
    package let label: String
    /// The name of the migration that creates the first version of the tables.
    package let firstMigration: String
    /// The function that creates the tables of the first version, which never changes after its release.
    package let makeTables: @Sendable (DatabaseConnection) throws -> Void

    /// Creates a description of a file, without opening it.
    package init(
        path: String, applicationID: Int, label: String, firstMigration: String,
        makeTables: @escaping @Sendable (DatabaseConnection) throws -> Void
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
    private static let synchronousFull = DatabaseValue.integer(2)
    /// The pause between two attempts of `open` while the file is busy.
    ///
    /// SQLite's busy timeout does not cover turning on the write-ahead log, so `open` tries again for `busyTimeout`.
    /// A process that holds the file longer may have been stopped and may never release it.
    private static let pauseInMicroseconds: UInt32 = 20_000

    /// The migrations that this program knows, in order; later versions of the tables come after the first.
    private var migrations: [String] { [firstMigration] }

    /// Opens the file, and creates it with its tables if it is missing.
    ///
    /// - Parameter examine: Checks a file that is not new, before anything in it changes.
    /// - Returns: The open file.
    /// - Throws: `Problem`, `DatabaseError`, `Errno`, and errors of `examine`.
    package func open(examine: (DatabaseConnection) throws -> Void) throws -> DatabaseQueue {
        let deadline = ContinuousClock.now + .seconds(Self.busyTimeout)
        while true {
            do {
                return try openNow(examine)
            } catch let error as DatabaseError where error.kind == .busy && .now < deadline {
                usleep(Self.pauseInMicroseconds)
            }
        }
    }

    private func openNow(_ examine: (DatabaseConnection) throws -> Void) throws -> DatabaseQueue {
        // Creates the file, since a file that SQLite creates is readable by everybody. The files that SQLite adds
        // (-wal, -shm) get the permissions of this file.
        try FileDescriptor.open(
            FilePath(path), .readWrite, options: [.create], permissions: [.ownerRead, .ownerWrite]
        ).close()
        // Checks the file before turning on the write-ahead log, which would change a file of another program.
        let looking = try DatabaseQueue(path: path, label: label, busyTimeout: Self.busyTimeout)
        try looking.read { database in
            if try !isNew(database) { try check(database, examine) }
        }
        try looking.close()

        let queue = try DatabaseQueue(path: path, label: label, busyTimeout: Self.busyTimeout)
        try queue.withoutTransaction { database in
            guard try database.pragma("journal_mode = WAL") == .text("wal") else {
                throw DatabaseError(message: "its file system does not allow a write-ahead log")
            }
            // With NORMAL, a power loss could lose a change that was already answered, or the intent of a request that
            // was already sent.
            _ = try database.pragma("synchronous = FULL")
            guard try database.pragma("synchronous") == Self.synchronousFull else { throw Problem.unsynced }
        }
        // Reads before it writes: a process that only wants to read must not wait for another's long write.
        if try queue.read(isNew) { try queue.write(makeAtOnce) }
        return queue
    }

    private func check(_ database: DatabaseConnection, _ examine: (DatabaseConnection) throws -> Void) throws {
        guard try database.pragma("application_id") == .integer(Int64(applicationID)) else { throw Problem.foreign }
        if case .text(let faults) = try database.pragma("quick_check(1)"), faults != "ok" {
            throw Problem.damaged(faults)
        }
        let applied = try database.rows("SELECT identifier FROM grdb_migrations").map { row throws in
            try row.value("identifier", as: String.self)
        }
        guard applied.allSatisfy(migrations.contains) else { throw Problem.newer }
        try examine(database)
    }

    private func isNew(_ database: DatabaseConnection) throws -> Bool {
        let tables = "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'"
        return try database.pragma("application_id") == .integer(0) && database.row(tables)?.first == .integer(0)
    }

    /// Creates the tables of a new file, all or none, also if several processes start at once.
    ///
    /// The table of migrations may exist: older versions of this program created it in a transaction of its own.
    private func makeAtOnce(_ database: DatabaseConnection) throws {
        guard try isNew(database) else { return }
        try database.execute("CREATE TABLE IF NOT EXISTS grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        _ = try database.pragma("application_id = \(applicationID)")
        try makeTables(database)
        for migration in migrations {
            try database.execute("INSERT INTO grdb_migrations (identifier) VALUES (?)", migration)
        }
    }
}
