/// What a run did, counted.
public struct RunSummary: Hashable, Sendable {
    /// Calls that were made, polls included.
    public var calls = 0
    /// Creates that the API accepted.
    public var created = 0
    /// Updates that the API accepted.
    public var updated = 0
    /// Deletes that the API accepted.
    public var deleted = 0
    /// Changes outside of the account that were made.
    public var outside = 0
    /// From start to end.
    public var elapsed: Duration = .zero

    /// Changes of any kind that the API accepted.
    public var changes: Int { created + updated + deleted }
}
