internal import DurableSteps
internal import StoreFile

/// The tables of a store during one database access.
struct RunTables {
    let database: DatabaseConnection
    let key: StoreKey

    /// The tables of format version 1.
    ///
    /// In `runs`, the columns `position`, `changes`, `status` and `updated` derive from the run's entries, so that a
    /// list of runs need not read them. `position` is the position of the last entry, so a missing entry is noticed.
    static let schema = """
        CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT;
        CREATE TABLE accounts (account TEXT NOT NULL PRIMARY KEY, epoch INTEGER NOT NULL) STRICT;
        CREATE TABLE runs (
            id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, account_name TEXT NOT NULL, recipe TEXT NOT NULL,
            recipe_digest TEXT NOT NULL, seed TEXT NOT NULL, lua TEXT NOT NULL, program TEXT NOT NULL,
            started INTEGER NOT NULL, parameters BLOB NOT NULL, position INTEGER NOT NULL, changes INTEGER NOT NULL,
            status TEXT NOT NULL, updated INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE entries (
            run TEXT NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, step TEXT, operation TEXT NOT NULL,
            digest TEXT NOT NULL, site TEXT NOT NULL, time INTEGER NOT NULL, body BLOB NOT NULL,
            PRIMARY KEY (run, position)
        ) STRICT;
        """

    /// Raises the fencing epoch of an account and returns the new epoch, beginning with 1.
    func takeOver(_ account: String) throws -> Int64 {
        try Self.checkTexts([account])
        try database.execute(
            "INSERT INTO accounts (account, epoch) VALUES (?, 1) ON CONFLICT (account) DO UPDATE SET epoch = epoch + 1",
            account)
        return try epoch(of: account) ?? 0
    }

    /// Throws `fenced` unless this is the account's current epoch.
    func check(_ epoch: Int64, of account: String, named name: String) throws {
        guard try self.epoch(of: account) ?? 0 == epoch else {
            throw JournalError(
                .fenced, "Another run took over the account '\(name)'. This run has written nothing more.")
        }
    }

    /// Returns the account's current epoch; `nil` if no owner has taken it over.
    func epoch(of account: String) throws -> Int64? {
        try database.row("SELECT epoch FROM accounts WHERE account = ?", account)?.value("epoch")
    }

    /// Throws `unwritten` if a string contains a NUL character: other programs would read it cut off there.
    static func checkTexts(_ texts: [String]) throws {
        guard texts.allSatisfy({ !$0.utf8.contains(0) }) else {
            throw JournalError(.unwritten, "A name with a NUL character in it cannot be written into the journal.")
        }
    }
}

extension JournalError {
    /// The error for a run id that the store does not contain.
    static func unknown(_ run: RunID) -> JournalError { JournalError(.unknownRun, "No run has the id '\(run)'.") }
}
