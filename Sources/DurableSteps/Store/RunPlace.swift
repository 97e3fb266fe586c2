internal import Synchronization

/// The place of a run in a store, which a new run gets with its first durable entry.
///
/// A run that changes nothing has nothing to resume, so it costs the store nothing: neither a run nor an epoch. The
/// account is taken over in the same commit in which the run begins, and only if no other owner came in between.
final class RunPlace: Sendable {
    private enum State {
        /// The store does not contain the run; `epoch` is the account's epoch that the owner saw.
        case new(after: Int64, with: [JournalEntry])
        /// The store contains the run.
        case begun(epoch: Int64)
    }

    private let header: RunHeader
    private let store: any RunStore
    private let onBegin: @Sendable () -> Void
    private let state: Mutex<State>

    /// Creates the place of a run that the store contains.
    init(of header: RunHeader, in store: any RunStore, epoch: Int64) {
        self.header = header
        self.store = store
        onBegin = {}
        state = Mutex(.begun(epoch: epoch))
    }

    /// Creates the place of a new run.
    init(
        of header: RunHeader, in store: any RunStore, after epoch: Int64, with entries: [JournalEntry],
        onBegin: @escaping @Sendable () -> Void
    ) {
        self.header = header
        self.store = store
        self.onBegin = onBegin
        state = Mutex(.new(after: epoch, with: entries))
    }

    /// The owner's epoch; `nil` if the store does not contain the run yet.
    var epoch: Int64? { state.withLock { if case .begun(let epoch) = $0 { epoch } else { nil } } }

    /// Adds entries to the run; begins the run with them if the store does not contain it.
    func write(_ entries: [JournalEntry]) async throws(JournalError) {
        switch state.withLock({ $0 }) {
        case .begun(let epoch): try await store.append(entries, to: header.id, epoch: epoch)
        case .new(let seen, let first):
            let epoch = try await store.begin(header, with: first + entries, after: seen)
            state.withLock { $0 = .begun(epoch: epoch) }
            onBegin()
        }
    }
}
