internal import GRDB
internal import OrderedCollections
internal import ServerPilot
internal import SystemPackage

extension SQLiteAccountStore {
    /// What says in the header of a file that it is a store of this program: `sprn`.
    private static let applicationID = 0x7370_726E
    /// So long a commit waits for another program that reads or copies the file.
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

    private static let firstMigration = "1 records as documents"

    private static func makeTables(_ database: GRDB.Database) throws {
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: "CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT")
        for table in ["servers", "sshkeys", "sysusers", "apps", "dbs", "actions"] {
            try database.execute(
                sql: """
                    CREATE TABLE \(table) (
                        position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL
                    ) STRICT
                    """)
        }
    }

    /// Makes the tables of a new file, all or nothing: the migrator makes its own in a transaction before, and a process
    /// that was killed in between left a file that looked like another program's.
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

    /// - Throws: `AccountStoreError`, `DatabaseError`, `Errno`.
    static func open(_ path: String) throws -> DatabaseQueue {
        // Made before SQLite makes it, since SQLite's own would be readable by everybody; what it makes beside the
        // file has the permissions of the file.
        try FileDescriptor.open(
            FilePath(path), .readWrite, options: [.create], permissions: [.ownerRead, .ownerWrite]
        ).close()
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(busyTimeout)
        configuration.label = "account store"
        // It is looked at first without the write-ahead log: turning that on changes the file, which may not be ours.
        var careful = configuration
        careful.journalMode = .default
        let looking = try DatabaseQueue(path: path, configuration: careful)
        try looking.read { try check($0, path) }
        try looking.close()

        let queue = try DatabaseQueue(path: path, configuration: configuration)
        // GRDB asks for NORMAL with a write-ahead log, behind `prepareDatabase`; that would let a machine that loses
        // its power forget what was answered.
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == synchronousFull else {
                throw AccountStoreError(.unusable, "The store '\(path)' cannot be made to wait for the disk.")
            }
        }
        if try queue.read(isNew) { try queue.writeWithoutTransaction(makeTablesAtOnce) }
        if try !queue.read(migrator.hasCompletedMigrations) { try migrator.migrate(queue) }
        return queue
    }

    /// Refuses what is another program's, a newer version's, or damaged.
    private static func check(_ database: GRDB.Database, _ path: String) throws {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        if try isNew(database) { return }
        guard application == applicationID else {
            throw AccountStoreError(.foreign, "'\(path)' is a database of another program, and was left as it is.")
        }
        if let faults = try String.fetchOne(database, sql: "PRAGMA quick_check(1)"), faults != "ok" {
            throw AccountStoreError(.damaged, "The store '\(path)' is damaged: \(faults)")
        }
        let version = try database.tableExists("meta") ? database.meta()["format_version"]?.integerValue ?? 0 : 0
        let isNewer = try version > SimulatorState.formatVersion || migrator.hasBeenSuperseded(database)
        guard !isNewer else {
            throw AccountStoreError(
                .newerFormat,
                "The store '\(path)' was written by a newer version of this program, and was left as it is.")
        }
    }
}

extension GRDB.Database {
    /// What a store says of itself, by name.
    func meta() throws -> JSONObject {
        var meta: JSONObject = [:]
        for row in try Row.fetchAll(self, sql: "SELECT name, value FROM meta") {
            let name: String = row["name"]
            let value: String = row["value"]
            meta[name] = try JSONValue(text: value)
        }
        return meta
    }
}

extension AccountStoreError {
    /// What went wrong with the file, without anything that is stored in it; `code` is what it is unless the error
    /// itself tells.
    init(_ error: any Error, at path: String, else code: Code = .unusable) {
        switch error {
        case let error as AccountStoreError: self = error
        case let error as SimulatorStateError:
            let isNewer = error.code == .newerFormat
            self.init(isNewer ? .newerFormat : .damaged, "The store '\(path)' cannot be read: \(error.message)")
        case is JSONFailure: self.init(.damaged, "The store '\(path)' is damaged: a row of it is no JSON.")
        case let error as DatabaseError where error.resultCode == .SQLITE_NOTADB:
            self.init(
                .foreign, "'\(path)' is no store of this program: it is no database, or its beginning is damaged.")
        case let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT:
            let reason = error.message ?? "its pages contradict each other"
            self.init(.damaged, "The store '\(path)' is damaged: \(reason).")
        case let error as DatabaseError:
            self.init(code, "The store '\(path)' cannot be used: \(error.message ?? "\(error.resultCode)").")
        case let error as Errno:
            self.init(code, "The store '\(path)' cannot be used: \(error).")
        default:
            self.init(code, "The store '\(path)' cannot be used: \(type(of: error)).")
        }
    }
}
