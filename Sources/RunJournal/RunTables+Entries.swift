internal import DurableSteps
internal import FoundationEssentials
internal import Groundwork
internal import OrderedCollections
internal import StoreFile

extension RunTables {
    /// Appends entries to a run and updates the columns of the run that derive from its entries.
    func append(_ entries: [JournalEntry], to run: RunID, epoch: Int64) throws {
        let row = try database.row("SELECT account, account_name, position FROM runs WHERE id = ?", run.rawValue)
        guard let row else { throw JournalError.unknown(run) }
        try check(
            epoch, of: try row.value("account"), named: try row.value("account_name"))
        guard let last = entries.last else { return }
        var position: Int64 = try row.value("position")
        for entry in entries {
            position += 1
            try insert(entry, of: run, at: position)
        }
        try database.execute(
            "UPDATE runs SET position = ?, changes = changes + ?, status = ?, updated = ? WHERE id = ?",
            position, entries.count(where: \.isChange), Self.column(of: last), last.time.nanoseconds, run.rawValue)
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
        let values: [any DatabaseConvertible] = [
            run.rawValue, position, row.kind, row.step, row.operation, row.digest, row.site, row.time.nanoseconds,
            Array(try key.seal(row, of: run, at: position)),
        ]
        try database.execute(
            """
            INSERT INTO entries (run, position, kind, step, operation, digest, site, time, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, arguments: values)
    }

    /// Returns all entries of a run in order; throws `damaged` if any is missing.
    func entries(of run: RunID) throws -> [JournalEntry] {
        let last = try database.row("SELECT position FROM runs WHERE id = ?", run.rawValue)
        guard let count: Int64 = try last?.value("position") else { throw JournalError.unknown(run) }
        var entries: [JournalEntry] = []
        var position: Int64 = 0
        for row in try database.rows("SELECT * FROM entries WHERE run = ? ORDER BY position", run.rawValue) {
            position += 1
            guard try row.value("position") == position else {
                throw JournalError(.damaged, "Entry \(position) of the run '\(run)' is missing.")
            }
            entries.append(try entry(row, of: run, at: position))
        }
        guard position == count else {
            throw JournalError(.damaged, "The run '\(run)' has \(position) of its \(count) entries.")
        }
        return entries
    }

    private func entry(_ row: DatabaseRow, of run: RunID, at position: Int64) throws -> JournalEntry {
        var entry = EncodedEntry(
            kind: try row.value("kind"), step: try row.value("step"),
            operation: try row.value("operation"), digest: try row.value("digest"),
            site: try row.value("site"),
            time: Timestamp(nanoseconds: try row.value("time")))
        entry.body = try key.body(
            Data(try row.value("body", as: [UInt8].self)), of: entry, in: run, at: position)
        do throws(EntryDamage) {
            return try EntryCodec.decode(entry)
        } catch {
            throw JournalError(
                .damaged, "Entry \(position) of the run '\(run)' is damaged: '\(error.field)' is not as expected.")
        }
    }
}
