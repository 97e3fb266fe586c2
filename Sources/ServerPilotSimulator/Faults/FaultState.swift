public import ServerPilot

/// The faults in force, their counts, and the random numbers of faults with a probability.
///
/// The state is a pure value: with equal plans, seeds and calls, the same faults strike. Its random numbers are
/// separate, so that a fault that does not strike changes no id.
///
/// ```swift
/// func breakReplies(of simulation: SimulatedServerPilot) {
///     simulation.changeFaults { $0.add(FaultPlan([Fault(.writes, .every(3), .replyLost)])) }
///     for (fault, count) in zip(simulation.faults.plan.faults, simulation.faults.counts) {
///         print("\(fault): \(count.struck) of \(count.calls) calls")
///     }
/// }
/// ```
public struct FaultState: Hashable, Sendable {
    /// The counts of a fault.
    public struct Count: Hashable, Sendable {
        /// The number of calls that the fault matched.
        public fileprivate(set) var calls = 0
        /// The number of calls that the fault struck.
        public fileprivate(set) var struck = 0
    }

    /// The plan in force.
    public private(set) var plan: FaultPlan
    /// The counts of each fault of the plan.
    public private(set) var counts: [Count]
    private var random: SeededRandom

    /// Creates the initial state of a plan.
    public init(_ plan: FaultPlan = FaultPlan(), random: SeededRandom = SeededRandom(seed: 0)) {
        self.plan = plan
        counts = Array(repeating: Count(), count: plan.faults.count)
        self.random = random
    }

    /// Counts a call and returns the faults that strike it, in the order of the plan.
    public mutating func decide(_ operation: Operation) -> [Fault] {
        var struck: [Fault] = []
        for (index, fault) in plan.faults.enumerated() where fault.calls.include(operation) {
            counts[index].calls += 1
            guard strikes(fault.trigger, call: counts[index].calls) else { continue }
            counts[index].struck += 1
            struck.append(fault)
        }
        return struck
    }

    private mutating func strikes(_ trigger: Fault.Trigger, call number: Int) -> Bool {
        switch trigger {
        case .always: true
        case .nth(let wanted): number == wanted
        case .first(let count): number <= count
        case .every(let step): step > 0 && number.isMultiple(of: step)
        case .probability(let probability): Double.random(in: 0..<1, using: &random) < probability
        }
    }

    /// Adds faults, which begin to count now, and rules for servers, which come after those in force.
    public mutating func add(_ more: FaultPlan) {
        plan.faults += more.faults
        plan.connections += more.connections
        counts += Array(repeating: Count(), count: more.faults.count)
    }

    /// Removes all faults and rules.
    public mutating func removeAll() {
        plan = FaultPlan()
        counts = []
    }
}
