internal import DurableSteps
internal import RecipeEngine
internal import RunJournal
internal import SystemPackage

/// The journal in a SQLite file of the user; the only place that names this store.
struct SQLiteJournal: JournalSource {
    func exists(in paths: Paths) -> Bool { PrivateFile.exists(paths.journal) }

    func open(in paths: Paths) throws -> any RunStore & Sealer {
        try SQLiteRunStore(path: paths.journal.string, keyPath: paths.journalKey.string)
    }
}

extension SQLiteRunStore: Sealer {}
