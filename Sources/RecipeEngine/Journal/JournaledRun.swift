/// A run that is written down, new or resumed: what `RecipeEngine` needs of it.
public struct JournaledRun: Sendable {
    /// Where it is written.
    public let store: any RunStore
    /// What it is.
    public let header: RunHeader
    /// By which its owner may write.
    public let epoch: Int64
    /// What its earlier lives have written; empty of a new run.
    public let record: [JournalEntry]
    /// What a person decided about the step at which it stopped.
    public let decision: EffectDecision?
    /// Whether the recipe may have been corrected since: then what it read may differ, and what it did may not.
    public let acceptsRecipeChange: Bool

    /// A run.
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
