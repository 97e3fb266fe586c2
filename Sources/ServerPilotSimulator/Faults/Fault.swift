public import ServerPilot

/// A deliberate failure: the calls that it matches, the trigger, and the effect.
///
/// ```swift
/// let lost = try Fault(text: "create_app:2=reply_lost")
/// let slow = Fault(.reads, .probability(0.1), .delay(.seconds(3)))
/// print(slow)  // reads:10%=delay,time=3s
/// ```
public struct Fault: Hashable, Sendable {
    /// The calls that a fault matches.
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

    /// The matching calls that a fault strikes, counted from 1 since the fault was set.
    public enum Trigger: Hashable, Sendable {
        /// All matching calls.
        case always
        /// Only the call with that number.
        case nth(Int)
        /// The first calls, up to that number.
        case first(Int)
        /// Every n-th call.
        case every(Int)
        /// Each call with that probability, decided by the simulation's seed.
        case probability(Double)
    }

    /// The calls that the fault matches.
    public let calls: Calls
    /// The matching calls that the fault strikes.
    public let trigger: Trigger
    /// The effect on the calls that the fault strikes.
    public let effect: Effect

    /// Creates a fault without a check of its values; only a `FaultPlan` that is read from a document is checked.
    public init(_ calls: Calls = .all, _ trigger: Trigger = .always, _ effect: Effect) {
        self.calls = calls
        self.trigger = trigger
        self.effect = effect
    }
}
