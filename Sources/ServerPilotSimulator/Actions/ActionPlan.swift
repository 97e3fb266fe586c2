public import ServerPilot

/// Decides how long the work of a call takes on its server, and how it ends.
public struct ActionPlan: Sendable {
    /// How work ends.
    public enum Outcome: String, Hashable, Sendable {
        /// It is done.
        case success
        /// It has failed.
        case error
    }

    /// How long some work takes and how it ends.
    public struct Work: Hashable, Sendable {
        /// How long it takes once it has begun.
        public let duration: Duration
        /// How it ends.
        public let outcome: Outcome

        /// Some work.
        public init(duration: Duration, outcome: Outcome = .success) {
            self.duration = duration
            self.outcome = outcome
        }
    }

    private let decide: @Sendable (Operation.Name, ServerID, inout SeededRandom) -> Work

    /// A plan by a function of the operation, the server and random numbers.
    public init(_ decide: @escaping @Sendable (Operation.Name, ServerID, inout SeededRandom) -> Work) {
        self.decide = decide
    }

    /// The work that the operation makes for the server; none takes less than no time.
    func work(_ operation: Operation.Name, on serverID: ServerID, random: inout SeededRandom) -> Work {
        let work = decide(operation, serverID, &random)
        return Work(duration: max(work.duration, .zero), outcome: work.outcome)
    }

    /// Everything takes that long and succeeds.
    public static func fixed(_ duration: Duration) -> ActionPlan {
        ActionPlan { _, _, _ in Work(duration: duration) }
    }

    /// Durations as in the field, 4 to 40 seconds by operation; everything succeeds.
    public static let realistic = ActionPlan { operation, _, random in
        let range = ranges[operation] ?? 4000...12000
        return Work(duration: .milliseconds(Int64.random(in: range, using: &random)))
    }

    /// Milliseconds of work, where they differ from those of the rest.
    private static let ranges: [Operation.Name: ClosedRange<Int64>] = [
        "create_server": 20000...40000,
        "update_server": 6000...20000,
        "create_app": 8000...24000,
        "update_app": 6000...16000,
        "delete_sysuser": 6000...20000,
        "add_ssl": 8000...20000,
        "enable_autossl": 15000...40000,
    ]
}
