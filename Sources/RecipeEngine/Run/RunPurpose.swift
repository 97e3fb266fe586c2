/// The purpose of a run.
///
/// ```swift
/// func apply(_ plan: Plan, source: RecipeSource, by engine: RecipeEngine) async throws -> RecipeOutcome {
///     let parameters = Dictionary(uniqueKeysWithValues: plan.header.parameters.map { ($0.key, $0.value) })
///     return try await engine.start(source, parameters: parameters, purpose: .following(plan)).finish()
/// }
/// ```
public struct RunPurpose: Sendable {
    package enum Kind: Sendable {
        case live
        case planning(PlanRecorder, seed: UInt64)
        case following(Plan)
    }

    package let kind: Kind

    /// Making the changes.
    public static let live = RunPurpose(kind: .live)

    /// Making the changes of a plan, and no others.
    public static func following(_ plan: Plan) -> RunPurpose { RunPurpose(kind: .following(plan)) }

    /// Trying a recipe on a copy of the account and recording all that it does; the seed is for Lua's random numbers.
    package static func planning(_ recorder: PlanRecorder, seed: UInt64) -> RunPurpose {
        RunPurpose(kind: .planning(recorder, seed: seed))
    }

    /// The seed of Lua's random numbers that a plan and the run that follows it share; `nil` for a live run.
    var seed: UInt64? {
        switch kind {
        case .live: nil
        case .planning(_, let seed): seed
        case .following(let plan): plan.header.seed
        }
    }
}
