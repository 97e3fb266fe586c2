internal import Synchronization

/// The first reason for which a run had to stop.
final class FirstStop: Sendable {
    private let state = Mutex<StepStop?>(nil)

    /// The reason; `nil` while the run goes on.
    var value: StepStop? { state.withLock { $0 } }

    /// Sets the reason, unless there is one.
    func set(_ reason: StepStop) { state.withLock { $0 = $0 ?? reason } }
}

extension StepStop {
    /// The reason in an error; `nil` if the error does not stop the run.
    init?(_ error: any Error) {
        switch error {
        case let reason as StepStop: self = reason
        case StepError.stopped(let reason): self = reason
        default: return nil
        }
    }

    /// Whether the calls of the program differ from the record.
    var isDivergence: Bool { if case .diverged = self { true } else { false } }
}
