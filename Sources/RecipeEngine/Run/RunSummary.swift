/// The counts of a run.
///
/// ```swift
/// func line(_ summary: RunSummary) -> String {
///     "\(summary.created) created, \(summary.updated) updated, \(summary.deleted) deleted, \(summary.calls) calls"
/// }
/// ```
public struct RunSummary: Hashable, Sendable {
    /// Calls to the API, polls included, and tries of changes outside the account.
    public var calls = 0
    /// Creations that the API accepted.
    public var created = 0
    /// Updates that the API accepted.
    public var updated = 0
    /// Deletions that the API accepted.
    public var deleted = 0
    /// Changes that were made outside the account.
    public var outside = 0
    /// The actions that the run has not seen end when it was complete, as `create_app acmesite`; empty if it failed.
    public var openActions: [String] = []
    /// The time from start to end.
    public var elapsed: Duration = .zero

    /// Changes of any kind that the API accepted.
    public var changes: Int { created + updated + deleted }
}
