internal import DurableSteps
internal import FoundationEssentials
internal import GRDB
internal import Groundwork
internal import OrderedCollections

extension RunTables {
    /// Inserts a new run without entries.
    func begin(_ header: RunHeader, epoch: Int64) throws {
        try check(epoch, of: header.account, named: header.accountName)
        try Self.checkTexts([
            header.id.rawValue, header.account, header.accountName, header.recipe, header.recipeDigest, header.lua,
            header.program,
        ])
        guard try !exists(header.id) else {
            throw JournalError(.unwritten, "There is a run '\(header.id)' already.")
        }
        let arguments: StatementArguments = [
            header.id.rawValue, header.account, header.accountName, header.recipe, header.recipeDigest,
            String(header.seed), header.lua, header.program, header.started.nanoseconds, try key.seal(header),
            RunOverview.Status.unfinished.rawValue, header.started.nanoseconds,
        ]
        try database.cachedStatement(
            sql: """
                INSERT INTO runs (
                    id, account, account_name, recipe, recipe_digest, seed, lua, program, started, parameters,
                    position, changes, status, updated
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)
                """
        ).execute(arguments: arguments)
    }

    /// Returns the runs, newest first.
    ///
    /// The order is that of their insertion (`rowid`), because the clock can be set back.
    func runs() throws -> [RunOverview] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT *, EXISTS (
                        SELECT 1 FROM entries
                        WHERE run = runs.id AND entries.position = runs.position AND kind = ? AND operation = ?
                    ) AS undone
                    FROM runs ORDER BY rowid DESC
                    """),
            arguments: [JournalEntry.Kind.ended.rawValue, EntryCodec.undo])
        var runs: [RunOverview] = []
        while let row = try rows.next() { runs.append(try overview(row)) }
        return runs
    }

    /// Deletes a run and its entries.
    func remove(_ run: RunID) throws {
        guard try exists(run) else { throw JournalError.unknown(run) }
        try database.cachedStatement(sql: "DELETE FROM entries WHERE run = ?").execute(arguments: [run.rawValue])
        try database.cachedStatement(sql: "DELETE FROM runs WHERE id = ?").execute(arguments: [run.rawValue])
    }

    private func exists(_ run: RunID) throws -> Bool {
        try Int.fetchOne(
            database.cachedStatement(sql: "SELECT count(*) FROM runs WHERE id = ?"), arguments: [run.rawValue]) == 1
    }

    private func overview(_ row: Row) throws -> RunOverview {
        let id = RunID(rawValue: try row.decode(forColumn: "id"))
        guard let seed = UInt64(try row.decode(String.self, forColumn: "seed")),
            let ended = RunOverview.Status(rawValue: try row.decode(forColumn: "status"))
        else { throw JournalError(.damaged, "What is written of the run '\(id)' is damaged.") }
        var header = RunHeader(
            id: id, recipe: try row.decode(forColumn: "recipe"),
            recipeDigest: try row.decode(forColumn: "recipe_digest"), parameters: [:],
            account: try row.decode(forColumn: "account"), accountName: try row.decode(forColumn: "account_name"),
            seed: seed, lua: try row.decode(forColumn: "lua"), program: try row.decode(forColumn: "program"),
            started: Timestamp(nanoseconds: try row.decode(forColumn: "started")))
        (header.parameters, header.secretParameters) = try key.parameters(
            try row.decode(forColumn: "parameters"), of: header)
        return RunOverview(
            header: header, status: try row.decode(forColumn: "undone") ? .undone : ended,
            changes: try row.decode(forColumn: "changes"),
            updated: Timestamp(nanoseconds: try row.decode(forColumn: "updated")))
    }
}
