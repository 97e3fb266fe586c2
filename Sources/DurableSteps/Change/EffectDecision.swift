/// A person's decision about a change that the engine could not decide.
///
/// ```swift
/// func adopt(_ order: String, for id: RunID, in store: any RunStore) async throws -> JournaledRun {
///     try await store.resumeRun(id, decision: EffectDecision(.adopt, id: order))
/// }
/// ```
public struct EffectDecision: Hashable, Sendable {
    /// The choices of a person.
    public typealias Choice = Entry.Stop.Choice

    /// The choice.
    public let choice: Choice
    /// The id to adopt, or the id of the resource to discard before it is created again.
    public let id: String?

    /// Creates a decision.
    public init(_ choice: Choice, id: String? = nil) {
        self.choice = choice
        self.id = id
    }

    static func all(_ choices: [Choice], of candidates: [String]) -> [EffectDecision] {
        choices.flatMap { choice in
            choice == .adopt ? candidates.map { EffectDecision(.adopt, id: $0) } : [EffectDecision(choice)]
        }
    }
}
