internal import DurableSteps
internal import Groundwork
internal import ServerPilot
internal import Synchronization

/// The counts of a run: what it did, and what its limits apply to.
final class RunTally: Sendable {
    private struct State {
        var summary = RunSummary()
        /// The number of admitted creations.
        var creations = 0
        /// The number of resources that each admitted deletion removes, including those deleted with it, by step.
        var deletions: [StepID: Int] = [:]
    }

    private let time: any TimeSource
    private let started: Timestamp
    private let state = Mutex(State())

    /// Creates counts of zero for a run that starts now.
    init(time: any TimeSource) {
        self.time = time
        started = time.steady
    }

    /// The counts so far.
    var summary: RunSummary {
        var summary = state.withLock { $0.summary }
        summary.elapsed = time.steady - started
        return summary
    }

    /// Counts one request.
    func countCall() { state.withLock { $0.summary.calls += 1 } }

    /// Counts an accepted change of the account.
    func count(_ effect: ServerPilot.Operation.Effect) {
        state.withLock { state in
            switch effect {
            case .create: state.summary.created += 1
            case .update: state.summary.updated += 1
            case .delete: state.summary.deleted += 1
            case .read: break
            }
        }
    }

    /// Counts a change outside the account.
    func countOutside() { state.withLock { $0.summary.outside += 1 } }

    /// Counts a creation that is about to be made.
    ///
    /// - Returns: the number of creations, including this one.
    func countCreation() -> Int { state.withLock { $0.creations.increment() } }

    /// Counts the resources that a deletion is about to remove; of repeated counts, the largest applies.
    ///
    /// - Returns: the number of resources that all deletions remove, including this one.
    func countDeletion(_ count: Int, at step: StepID) -> Int {
        state.withLock { state in
            state.deletions[step] = max(state.deletions[step] ?? 0, count)
            return state.deletions.values.reduce(0, +)
        }
    }
}
