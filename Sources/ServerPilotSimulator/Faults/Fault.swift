public import ServerPilot

/// Something that goes wrong on purpose: with which calls, how often, and what.
public struct Fault: Hashable, Sendable {
    /// The calls that it looks at.
    public enum Calls: Hashable, Sendable {
        /// Every call.
        case all
        /// Every call that changes nothing.
        case reads
        /// Every call that changes the account.
        case writes
        /// The calls of one operation.
        case operation(Operation.Name)

        func include(_ operation: Operation) -> Bool {
            switch self {
            case .all: true
            case .reads: !operation.changesAccount
            case .writes: operation.changesAccount
            case .operation(let name): operation.name == name
            }
        }
    }

    /// Which of the calls that it looks at it strikes, counted from 1 since the fault was set.
    public enum Trigger: Hashable, Sendable {
        /// All of them.
        case always
        /// That one alone.
        case nth(Int)
        /// So many from the beginning.
        case first(Int)
        /// Every so-many-th.
        case every(Int)
        /// Each with that probability, by the simulation's seed.
        case probability(Double)
    }

    /// The calls that it looks at.
    public let calls: Calls
    /// Which of them it strikes.
    public let trigger: Trigger
    /// What happens then.
    public let effect: Effect

    /// A fault; the values are taken as they are (a `FaultPlan` that is read from a document is checked).
    public init(_ calls: Calls = .all, _ trigger: Trigger = .always, _ effect: Effect) {
        self.calls = calls
        self.trigger = trigger
        self.effect = effect
    }
}
