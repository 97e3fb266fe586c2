/// The source of a fact about ServerPilot's API, which shows how sure the project is of the fact.
///
/// ```swift
/// let guesses = RuleEntry.all.filter { $0.evidence == .inferred }
/// for rule in guesses { print("\(rule.id): \(rule.sentence)") }
/// ```
public enum Evidence: String, Hashable, Sendable, CaseIterable {
    /// The fact is in ServerPilot's own document (github.com/ServerPilot/API, README as of 2024-02).
    case documented
    /// The fact was seen in pasted live responses, or in integration tests against real accounts.
    case live
    /// Long-lived production code in the field depends on the fact.
    case production
    /// The fact is a guess from other facts, and may be wrong.
    case inferred
}
