/// A question that a person must decide.
///
/// ```swift
/// func explain(_ stop: StepStop) {
///     guard case .undecided(let question, let call) = stop else { return }
///     print("\(call): \(question.reason)")
///     for decision in question.decisions { print(decision.choice, decision.id ?? "") }
/// }
/// ```
public struct Undecided: Hashable, Sendable {
    /// The reason why the engine cannot decide.
    public let reason: String
    /// The ids that may be the result of the change.
    public let candidates: [String]
    /// The possible choices.
    public let choices: [EffectDecision.Choice]

    /// Creates a question.
    public init(reason: String, candidates: [String] = [], choices: [EffectDecision.Choice]) {
        self.reason = reason
        self.candidates = candidates
        self.choices = choices
    }

    /// The possible decisions, with an adoption for each candidate.
    public var decisions: [EffectDecision] { EffectDecision.all(choices, of: candidates) }
}
