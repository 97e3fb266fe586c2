/// What a run is for.
public enum RunPurpose: Sendable {
    /// To be done.
    case live
    /// To be tried out on a copy, with a note of all that it does; Lua's random numbers begin at the seed.
    case planning(PlanRecorder, seed: UInt64)
    /// To be done as planned, and not otherwise.
    case following(Plan)

    /// The seed of Lua's random numbers, where a plan and the run that follows it share one.
    var seed: UInt64? {
        switch self {
        case .live: nil
        case .planning(_, let seed): seed
        case .following(let plan): plan.header.seed
        }
    }
}

/// What was answered to whether something may be deleted.
public enum DeletionAnswer: Hashable, Sendable {
    /// It may.
    case yes
    /// It may not.
    case no
    /// Nobody is there to answer.
    case nobody
}

/// A deletion that is to be confirmed.
public struct PendingDeletion: Sendable {
    /// The operation: `delete_sysuser`.
    public let operation: String
    /// What is deleted, with all that falls with it, by name: `system user acme with 1 app (shop)`.
    public let words: String
    /// What was found in the instant before sending and not confirmed before; empty where it is asked for first.
    public let added: [Cascade.Resource]
}

/// Asks whether a deletion may be made.
public typealias DeletionQuestion = @Sendable (_ deletion: PendingDeletion) async -> DeletionAnswer
