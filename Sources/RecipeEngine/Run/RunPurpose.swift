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

/// The answer to the question whether a deletion may be made.
public enum DeletionAnswer: Hashable, Sendable {
    /// The deletion may be made.
    case yes
    /// The deletion must not be made.
    case no
    /// No person could be asked.
    case nobody
}

/// A deletion that needs a confirmation.
public struct PendingDeletion: Sendable {
    /// The operation, such as `delete_sysuser`.
    public let operation: String
    /// The resource and all resources deleted with it, by name: `system user acme with 1 app (shop)`.
    public let words: String
    /// The resources found right before sending that were not confirmed before; empty for the first question.
    public let added: [Cascade.Resource]
}

/// A function that asks whether a deletion may be made.
public typealias DeletionQuestion = @Sendable (_ deletion: PendingDeletion) async -> DeletionAnswer
