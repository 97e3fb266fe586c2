/// A run with a journal, new or resumed, as `RecipeEngine` needs it.
///
/// ```swift
/// func resume(_ id: RunID, in store: any RunStore) async throws -> JournaledRun {
///     let run = try await store.resumeRun(id)
///     print("\(run.header.recipe) begins again with \(run.record.count) recorded entries")
///     return run
/// }
/// ```
public struct JournaledRun: Sendable {
    /// The store that holds the entries.
    public let store: any RunStore
    /// The header of the run.
    public let header: RunHeader
    /// The owner's fencing epoch; the store refuses writes with an older epoch.
    public let epoch: Int64
    /// The entries that earlier executions wrote; empty for a new run.
    public let record: [JournalEntry]
    /// A person's decision about the step at which the run stopped.
    public let decision: EffectDecision?
    /// Whether the recipe may have been corrected; then its reads may differ from the record, but its changes may not.
    public let acceptsRecipeChange: Bool

    /// Creates a run.
    public init(
        store: any RunStore, header: RunHeader, epoch: Int64, record: [JournalEntry] = [],
        decision: EffectDecision? = nil, acceptsRecipeChange: Bool = false
    ) {
        self.store = store
        self.header = header
        self.epoch = epoch
        self.record = record
        self.decision = decision
        self.acceptsRecipeChange = acceptsRecipeChange
    }
}
