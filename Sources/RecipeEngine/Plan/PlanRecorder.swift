internal import OrderedCollections
public import ServerPilot
internal import Synchronization

/// Notes what a recipe reads and changes while it is tried out on a copy of the account.
public final class PlanRecorder: Sendable {
    private struct State {
        var changes: [PlannedChange] = []
        var readings: OrderedSet<PlanReading> = []
        var draws: [StepID: JSONValue] = [:]
        var secrets: [String: Secret<String>] = [:]
        var declared: OrderedSet<DeclaredAnswer> = []
    }

    private let state = Mutex(State())

    /// A recorder that has seen nothing.
    public init() {}

    /// The changes, in the order of their replies.
    public var changes: [PlannedChange] { state.withLock { $0.changes } }
    /// What was asked of the account, each question once.
    public var readings: [PlanReading] { state.withLock { Array($0.readings) } }
    /// What came from outside beside the account, by its steps: random numbers, digests of what was imported.
    public var draws: [StepID: JSONValue] { state.withLock { $0.draws } }
    /// The secrets that were generated, by name.
    public var secrets: [String: Secret<String>] { state.withLock { $0.secrets } }

    /// What was asked outside of the account, with the answers that were declared, each once.
    public var declared: [DeclaredAnswer] { state.withLock { Array($0.declared) } }

    func note(_ answer: DeclaredAnswer) { state.withLock { _ = $0.declared.append(answer) } }
    func note(_ reading: PlanReading) { state.withLock { _ = $0.readings.append(reading) } }
    func note(draw value: JSONValue, at step: StepID) { state.withLock { $0.draws[step] = value } }
    func note(secret: Secret<String>, named name: String) { state.withLock { $0.secrets[name] = secret } }

    /// A change, with its reply or with why it was refused.
    func note(_ effect: Effect, _ done: Reply?, refusal: String? = nil) {
        let change = PlannedChange(
            step: effect.step, operation: effect.operation.name, arguments: effect.arguments, site: effect.site,
            reply: done?.data ?? .null, actionID: done?.actionID?.rawValue, refusal: refusal)
        state.withLock { $0.changes.append(change) }
    }

    /// A change outside of the account, with the answer that was declared or with why it was refused.
    func note(_ effect: OutsideEffect, _ done: JSONValue?, refusal: String? = nil) {
        let change = PlannedChange(
            step: effect.step, operation: ServerPilot.Operation.Name(rawValue: effect.name), arguments: [:],
            site: effect.site, reply: done ?? .null, actionID: nil, refusal: refusal, object: effect.object)
        state.withLock { $0.changes.append(change) }
    }
}
