internal import DurableSteps
internal import FoundationEssentials
internal import Groundwork
internal import OrderedCollections
internal import StoreFile

extension RunTables {
    /// Inserts a new run without entries.
    func begin(_ header: RunHeader, epoch: Int64) throws {
        try check(epoch, of: header.account, named: header.accountName)
        try Self.checkTexts([
            header.id.rawValue, header.account, header.accountName, header.recipe, header.recipeDigest, header.lua,
            header.program,
        ])
        guard try !exists(header.id) else {
            throw JournalError(.unwritten, "A run '\(header.id)' already exists.")
        }
        let values: [any DatabaseConvertible] = [
            header.id.rawValue, header.account, header.accountName, header.recipe, header.recipeDigest,
            String(header.seed), header.lua, header.program, header.started.nanoseconds, Array(try key.seal(header)),
            RunOverview.Status.unfinished.rawValue, header.started.nanoseconds,
        ]
        try database.execute(
            """
            INSERT INTO runs (
                id, account, account_name, recipe, recipe_digest, seed, lua, program, started, parameters,
                position, changes, status, updated
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)
            """, arguments: values)
    }

    /// Returns the runs, newest first.
    ///
    /// The order is that of their insertion (`rowid`), because the clock can be set back.
    func runs() throws -> [RunOverview] {
        let rows = try database.rows(
            """
            SELECT *, EXISTS (
                SELECT 1 FROM entries
                WHERE run = runs.id AND entries.position = runs.position AND kind = ? AND operation = ?
            ) AS undone
            FROM runs ORDER BY rowid DESC
            """, JournalEntry.Kind.ended.rawValue, EntryCodec.undo)
        return try rows.map(overview)
    }

    /// Deletes a run and its entries.
    func remove(_ run: RunID) throws {
        guard try exists(run) else { throw JournalError.unknown(run) }
        try database.execute("DELETE FROM entries WHERE run = ?", run.rawValue)
        try database.execute("DELETE FROM runs WHERE id = ?", run.rawValue)
    }

    private func exists(_ run: RunID) throws -> Bool {
        try database.row("SELECT 1 FROM runs WHERE id = ?", run.rawValue) != nil
    }

    private func overview(_ row: DatabaseRow) throws -> RunOverview {
        let id = RunID(rawValue: try row.value("id"))
        guard let seed = UInt64(try row.value("seed", as: String.self)),
            let ended = RunOverview.Status(rawValue: try row.value("status"))
        else { throw JournalError(.damaged, "The record of the run '\(id)' is damaged.") }
        var header = RunHeader(
            id: id, recipe: try row.value("recipe"),
            recipeDigest: try row.value("recipe_digest"), parameters: [:],
            account: try row.value("account"), accountName: try row.value("account_name"),
            seed: seed, lua: try row.value("lua"), program: try row.value("program"),
            started: Timestamp(nanoseconds: try row.value("started")))
        (header.parameters, header.secretParameters) = try key.parameters(
            Data(try row.value("parameters", as: [UInt8].self)), of: header)
        return RunOverview(
            header: header, status: try row.value("undone") ? .undone : ended,
            changes: try row.value("changes"),
            updated: Timestamp(nanoseconds: try row.value("updated")))
    }
}
