public import ServerPilot

/// A function that decides how long the work of a call takes on its server, and how it ends.
///
/// ```swift
/// let plan = ActionPlan { operation, _, random in
///     operation == "delete_app" ? .init(duration: .seconds(5), outcome: .error) : .init(duration: .seconds(30))
/// }
/// ```
public struct ActionPlan: Sendable {
    /// The result of work.
    public enum Outcome: String, Hashable, Sendable {
        /// The work succeeds.
        case success
        /// The work fails.
        case error
    }

    /// The duration and the result of work.
    public struct Work: Hashable, Sendable {
        /// The time that the work takes once it has begun.
        public let duration: Duration
        /// The result of the work.
        public let outcome: Outcome

        /// Creates work that by default succeeds.
        public init(duration: Duration, outcome: Outcome = .success) {
            self.duration = duration
            self.outcome = outcome
        }
    }

    private let decide: @Sendable (Operation.Name, ServerID, inout SeededRandom) -> Work

    /// Creates a plan from a function of the operation, the server and random numbers.
    public init(_ decide: @escaping @Sendable (Operation.Name, ServerID, inout SeededRandom) -> Work) {
        self.decide = decide
    }

    /// Returns the work that the operation causes on the server; negative durations become zero.
    func work(_ operation: Operation.Name, on serverID: ServerID, random: inout SeededRandom) -> Work {
        let work = decide(operation, serverID, &random)
        return Work(duration: max(work.duration, .zero), outcome: work.outcome)
    }

    /// Returns a plan in which all work takes that long and succeeds.
    public static func fixed(_ duration: Duration) -> ActionPlan {
        ActionPlan { _, _, _ in Work(duration: duration) }
    }

    /// A plan with realistic durations, 4 to 40 seconds depending on the operation; all work succeeds.
    public static let realistic = ActionPlan { operation, _, random in
        let range = ranges[operation] ?? 4000...12000
        return Work(duration: .milliseconds(Int64.random(in: range, using: &random)))
    }

    /// Durations in milliseconds of the operations that differ from the default of 4 to 12 seconds.
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
