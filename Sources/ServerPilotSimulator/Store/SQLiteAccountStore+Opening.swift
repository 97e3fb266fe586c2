internal import Groundwork
internal import OrderedCollections
internal import ServerPilot
internal import StoreFile
internal import SystemPackage

extension SQLiteAccountStore {
    /// The application id in the file's SQLite header, which marks a store of this program: `sprn`.
    private static let applicationID = 0x7370_726E

    /// Opens or creates the file.
    ///
    /// - Throws: `StoreFile.Problem`, `DatabaseError`, `Errno`.
    static func open(_ path: String) throws -> DatabaseQueue {
        let file = StoreFile(
            path: path, applicationID: applicationID, label: "account store", firstMigration: "1 records as documents"
        ) { database in
            try database.execute("CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT")
            for table in ["servers", "sshkeys", "sysusers", "apps", "dbs", "actions"] {
                try database.execute(
                    """
                    CREATE TABLE \(table) (
                        position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL
                    ) STRICT
                    """)
            }
        }
        return try file.open { database in
            let version = try database.meta()["format_version"]?.integerValue ?? 0
            guard version <= SimulatorState.formatVersion else { throw StoreFile.Problem.newer }
        }
    }
}

extension DatabaseConnection {
    /// Returns the store's metadata by name.
    func meta() throws -> JSONObject {
        var meta: JSONObject = [:]
        for row in try rows("SELECT name, value FROM meta") {
            meta[try row.value("name")] = try JSONValue(text: row.value("value"))
        }
        return meta
    }
}

extension AccountStoreError {
    /// Describes a failure of the file without stored data; `code` applies unless the error implies another code.
    init(_ error: any Error, at path: String, else code: Code = .unusable) {
        switch error {
        case let error as AccountStoreError: self = error
        case let problem as StoreFile.Problem: self.init(problem, at: path)
        case let error as SimulatorStateError:
            let isNewer = error.code == .newerFormat
            self.init(isNewer ? .newerFormat : .damaged, "The store '\(path)' cannot be read: \(error.message)")
        case is JSONFailure: self.init(.damaged, "The store '\(path)' is damaged: a row is not valid JSON.")
        case let error as DatabaseError where error.kind == .notADatabase:
            self.init(
                .foreign, "'\(path)' is not a store of sprun: it is not a database, or its header is damaged.")
        case let error as DatabaseError where error.kind == .corrupt:
            self.init(.damaged, "The store '\(path)' is damaged: \(error.message).")
        case is DatabaseRow.DecodingError:
            self.init(.damaged, "The store '\(path)' is damaged: it contains an unknown row.")
        case let error as DatabaseError:
            self.init(code, "The store '\(path)' cannot be used: \(error.message).")
        case let error as Errno:
            self.init(code, "The store '\(path)' cannot be used: \(error).")
        default:
            self.init(code, "The store '\(path)' cannot be used: \(type(of: error)).")
        }
    }

    private init(_ problem: StoreFile.Problem, at path: String) {
        let code: Code =
            switch problem {
            case .foreign: .foreign
            case .damaged: .damaged
            case .newer: .newerFormat
            case .unsynced: .unusable
            }
        self.init(code, problem.message("store", at: path))
    }
}
