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
    /// The entries that earlier executions wrote; empty for a new run.
    public let record: [JournalEntry]
    /// A person's decision about the step at which the run stopped.
    public let decision: EffectDecision?
    /// Whether the recipe may have been corrected; then its reads may differ from the record, but its changes may not.
    public let acceptsRecipeChange: Bool
    private let place: RunPlace

    /// Creates a run that the store contains.
    ///
    /// - Parameters:
    ///   - store: the store.
    ///   - header: the header of the run.
    ///   - epoch: the owner's fencing epoch; the store refuses writes with an older epoch.
    ///   - record: the entries that earlier executions wrote.
    ///   - decision: a person's decision about the step at which the run stopped.
    ///   - acceptsRecipeChange: whether the recipe may have been corrected.
    public init(
        store: any RunStore, header: RunHeader, epoch: Int64, record: [JournalEntry] = [],
        decision: EffectDecision? = nil, acceptsRecipeChange: Bool = false
    ) {
        self.store = store
        self.header = header
        self.record = record
        self.decision = decision
        self.acceptsRecipeChange = acceptsRecipeChange
        place = RunPlace(of: header, in: store, epoch: epoch)
    }

    /// Creates a new run, which the store contains from its first change on.
    ///
    /// - Parameters:
    ///   - header: the header; its id is new in the store.
    ///   - store: the store.
    ///   - epoch: the account's epoch when its owner locked it. If another owner takes the account over before the first
    ///     change, the run is fenced.
    ///   - entries: the entries to begin with, such as the plan.
    ///   - onBegin: called once, after the store has the run and before the first change is sent.
    public init(
        new header: RunHeader, in store: any RunStore, after epoch: Int64, with entries: [JournalEntry] = [],
        onBegin: @escaping @Sendable () -> Void = {}
    ) {
        self.store = store
        self.header = header
        record = []
        decision = nil
        acceptsRecipeChange = false
        place = RunPlace(of: header, in: store, after: epoch, with: entries, onBegin: onBegin)
    }

    /// Whether the store contains the run, so that it can be resumed.
    public var isRecorded: Bool { place.epoch != nil }

    /// The owner's fencing epoch; `nil` for a new run that the store does not contain yet.
    public var epoch: Int64? { place.epoch }

    /// Writes a new run into the store now, instead of with its first change.
    ///
    /// - Throws: `JournalError`.
    public func begin() async throws(JournalError) {
        if !isRecorded { try await write([]) }
    }

    /// Adds entries to the run, and begins a new run with them.
    ///
    /// The caller makes one call at a time.
    ///
    /// - Throws: `JournalError`, as `RunStore.append` and `RunStore.begin`.
    package func write(_ entries: [JournalEntry]) async throws(JournalError) { try await place.write(entries) }
}
