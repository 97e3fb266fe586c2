/// The purpose of a run.
public enum RunPurpose: Sendable {
    /// Making the changes.
    case live
    /// Trying a recipe on a copy of the account and recording all that it does; the seed is for Lua's random numbers.
    case planning(PlanRecorder, seed: UInt64)
    /// Making the changes of a plan, and no others.
    case following(Plan)

    /// The seed of Lua's random numbers that a plan and the run that follows it share; `nil` for a live run.
    var seed: UInt64? {
        switch self {
        case .live: nil
        case .planning(_, let seed): seed
        case .following(let plan): plan.header.seed
        }
    }
}
