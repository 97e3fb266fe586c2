public import Groundwork

/// The content of an entry in the journal of a run.
///
/// ```swift
/// func secretNames(in entries: [JournalEntry]) -> [String] {
///     entries.compactMap { entry in
///         if case .secret(let name, _) = entry.content { name } else { nil }
///     }
/// }
/// ```
public enum Entry: Hashable, Sendable {
    /// A change is about to be sent.
    case intent(StepCall, Intent)
    /// The outcome of a change is known.
    case outcome(StepCall, Outcome)
    /// A read, a wait or a lookup ended, without changing anything.
    case observed(StepCall, Observation)
    /// A person must decide about a step.
    case stopped(StepCall, Stop)
    /// A secret was generated.
    case secret(name: String, value: String)
    /// The text of a recipe that has no file.
    case recipe(String)
    /// The document of the plan that the run must follow.
    case plan(JSONValue)
    /// A person wants the run retried from its last change on.
    case retry
    /// An execution of the run has ended.
    case ended(End)
}
