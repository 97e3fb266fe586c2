public import Groundwork
internal import OrderedCollections

/// An overview of a run, for lists.
///
/// ```swift
/// func openRuns(in store: any RunStore) async throws -> [RunID] {
///     try await store.runs().filter { $0.status.isOpen }.map(\.header.id)
/// }
/// ```
public struct RunOverview: Hashable, Sendable {
    /// The statuses of a run.
    public enum Status: String, Hashable, Sendable {
        /// The run has completed.
        case done
        /// The run ended with a failure.
        case failed
        /// A signal or a cancelled task ended the run.
        case interrupted
        /// A person must decide.
        case stopped
        /// The run has not ended: it is still running, or its process was killed.
        case unfinished
        /// `sprun undo` took back what the run made; it cannot be resumed.
        case undone

        /// Whether the run can be resumed.
        public var isOpen: Bool { self != .done && self != .undone }
    }

    /// The header of the run.
    public var header: RunHeader
    /// The status of the run.
    public var status: Status
    /// The number of changes that the run made.
    public var changes: Int
    /// The time of the last entry.
    public var updated: Timestamp

    /// Creates an overview.
    public init(header: RunHeader, status: Status, changes: Int, updated: Timestamp) {
        self.header = header
        self.status = status
        self.changes = changes
        self.updated = updated
    }
}
