/// The reason why a run must stop.
///
/// ```swift
/// func advice(for stop: StepStop) -> String {
///     switch stop {
///     case .diverged(let recorded, let now, _): "the program calls \(now) in place of \(recorded)"
///     case .undecided(let question, let call): "decide about \(call): \(question.reason)"
///     case .unfinished(let failure, let call): "resume later: \(call): \(failure.message)"
///     case .unwritten(let error): "free the disk, then resume: \(error)"
///     }
/// }
/// ```
public enum StepStop: Error, Hashable, Sendable {
    /// The calls of the program differ from the record, both as shown to people.
    ///
    /// `argumentsOnly` is true if only the arguments of the call differ.
    case diverged(recorded: String, now: String, argumentsOnly: Bool)
    /// A person must decide about a change.
    case undecided(Undecided, call: String)
    /// A change may have been made or not, and the engine could not look.
    case unfinished(StepFailure, call: String)
    /// The journal could not be written.
    case unwritten(JournalError)
}
