internal import DurableSteps
internal import FoundationEssentials
internal import GRDB
internal import Groundwork
internal import OrderedCollections

extension RunTables {
    /// Appends entries to a run and updates the columns of the run that derive from its entries.
    func append(_ entries: [JournalEntry], to run: RunID, epoch: Int64) throws {
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT account, account_name, position FROM runs WHERE id = ?"),
            arguments: [run.rawValue])
        guard let row else { throw JournalError.unknown(run) }
        try check(
            epoch, of: try row.decode(forColumn: "account"), named: try row.decode(forColumn: "account_name"))
        guard let last = entries.last else { return }
        var position: Int64 = try row.decode(forColumn: "position")
        for entry in entries {
            position += 1
            try insert(entry, of: run, at: position)
        }
        try database.cachedStatement(
            sql: "UPDATE runs SET position = ?, changes = changes + ?, status = ?, updated = ? WHERE id = ?"
        ).execute(arguments: [
            position, entries.count(where: \.isChange), Self.column(of: last), last.time.nanoseconds, run.rawValue,
        ])
    }

    /// The value of the column `status`.
    ///
    /// An undone run counts as `done` there: programs that do not know `undone` must not take the run for an open one.
    /// `runs()` reads from the run's last entry that it was undone.
    private static func column(of last: JournalEntry) -> String {
        (last.runStatus == .undone ? .done : last.runStatus).rawValue
    }

    private func insert(_ entry: JournalEntry, of run: RunID, at position: Int64) throws {
        let row = EntryCodec.encode(entry)
        try Self.checkTexts([row.step ?? "", row.operation, row.digest, row.site])
        let arguments: StatementArguments = [
            run.rawValue, position, row.kind, row.step, row.operation, row.digest, row.site, row.time.nanoseconds,
            try key.seal(row, of: run, at: position),
        ]
        try database.cachedStatement(
            sql: """
                INSERT INTO entries (run, position, kind, step, operation, digest, site, time, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: arguments)
    }

    /// Returns all entries of a run in order; throws `damaged` if any is missing.
    func entries(of run: RunID) throws -> [JournalEntry] {
        let count = try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT position FROM runs WHERE id = ?"), arguments: [run.rawValue])
        guard let count else { throw JournalError.unknown(run) }
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: "SELECT * FROM entries WHERE run = ? ORDER BY position"),
            arguments: [run.rawValue])
        var entries: [JournalEntry] = []
        var position: Int64 = 0
        while let row = try rows.next() {
            position += 1
            guard try row.decode(Int64.self, forColumn: "position") == position else {
                throw JournalError(.damaged, "Entry \(position) of the run '\(run)' is missing.")
            }
            entries.append(try entry(row, of: run, at: position))
        }
        guard position == count else {
            throw JournalError(.damaged, "The run '\(run)' has \(position) of its \(count) entries.")
        }
        return entries
    }

    private func entry(_ row: Row, of run: RunID, at position: Int64) throws -> JournalEntry {
        var entry = EncodedEntry(
            kind: try row.decode(forColumn: "kind"), step: try row.decode(forColumn: "step"),
            operation: try row.decode(forColumn: "operation"), digest: try row.decode(forColumn: "digest"),
            site: try row.decode(forColumn: "site"),
            time: Timestamp(nanoseconds: try row.decode(forColumn: "time")))
        entry.body = try key.body(try row.decode(forColumn: "body"), of: entry, in: run, at: position)
        do throws(EntryDamage) {
            return try EntryCodec.decode(entry)
        } catch {
            throw JournalError(
                .damaged, "Entry \(position) of the run '\(run)' is damaged: '\(error.field)' is not as expected.")
        }
    }
}
