/// The reason why a run must stop.
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
