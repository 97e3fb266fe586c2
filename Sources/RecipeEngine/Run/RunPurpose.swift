/// The purpose of a run.
///
/// ```swift
/// func apply(_ plan: Plan, source: RecipeSource, by engine: RecipeEngine) async throws -> RecipeOutcome {
///     let parameters = Dictionary(uniqueKeysWithValues: plan.header.parameters.map { ($0.key, $0.value) })
///     return try await engine.start(source, parameters: parameters, purpose: .following(plan)).finish()
/// }
/// ```
public struct RunPurpose: Sendable {
    /// The record of a trial.
    private(set) var recorder: PlanRecorder?
    /// The plan to follow.
    private(set) var plan: Plan?
    /// The seed of Lua's random numbers that a plan and the run that follows it share; `nil` for a live run.
    private(set) var seed: UInt64?

    /// Making the changes.
    public static let live = RunPurpose()

    /// Making the changes of a plan, and no others.
    public static func following(_ plan: Plan) -> RunPurpose { RunPurpose(plan: plan, seed: plan.header.seed) }

    /// Trying a recipe on a copy of the account and recording all that it does; the seed is for Lua's random numbers.
    package static func planning(_ recorder: PlanRecorder, seed: UInt64) -> RunPurpose {
        RunPurpose(recorder: recorder, seed: seed)
    }
}
