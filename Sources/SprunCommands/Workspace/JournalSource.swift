internal import DurableSteps
internal import RecipeEngine

/// The kind of store that holds the journal.
protocol JournalSource: Sendable {
    /// Whether the store exists.
    func exists(in paths: Paths) -> Bool

    /// Opens the store, and creates it if there is none; the state folder exists.
    ///
    /// - Throws: `JournalError`.
    func open(in paths: Paths) throws -> any RunStore & Sealer
}
