internal import DurableSteps

/// The state of a run, in the words of people.
enum RunState: String, CaseIterable, Sendable {
    /// A process is working on it.
    case running
    /// A signal, a crash or a power loss ended it.
    case interrupted
    /// A person must decide before it can go on.
    case needsDecision = "needs-decision"
    case failed
    case done
    /// `sprun undo` deleted what it had created.
    case undone

    /// Creates the state of a run; the store cannot tell a running process from a killed one.
    init(_ status: RunOverview.Status, isRunning: Bool) {
        self =
            switch status {
            case .done: .done
            case .failed: .failed
            case .interrupted: .interrupted
            case .stopped: .needsDecision
            case .undone: .undone
            case .unfinished: isRunning ? .running : .interrupted
            }
    }
}
