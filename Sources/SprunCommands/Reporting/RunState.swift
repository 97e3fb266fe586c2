internal import ArgumentParser
internal import DurableSteps

/// The state of a run, in the words of people.
enum RunState: String, CaseIterable, Sendable, ExpressibleByArgument {
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

    /// The state as shown to people.
    var words: String { self == .needsDecision ? "needs a decision" : rawValue }

    /// Paints a text in the color of the state.
    func paint(_ text: String, _ style: Style) -> String {
        switch self {
        case .done: style.green(text)
        case .failed, .needsDecision: style.red(text)
        case .running, .interrupted: style.yellow(text)
        case .undone: style.faint(text)
        }
    }
}
