internal import OrderedCollections
public import ServerPilot
internal import Synchronization

/// Notes what a recipe reads and changes while it is tried out on a copy of the account.
public final class PlanRecorder: Sendable {
    /// Something that the plan's ways depend on.
    public enum Event: Hashable, Sendable {
        /// A change, with its reply.
        case change(PlannedChange)
        /// A fact that only time decides was read, in that line of coroutines.
        case answer(PlanAnswer, line: String)
    }

    private struct State {
        var events: [Event] = []
        var readings: OrderedSet<PlanReading> = []
        var draws: [StepID: JSONValue] = [:]
        var secrets: [String: Secret<String>] = [:]
        var declared: OrderedSet<DeclaredAnswer> = []
    }

    private let state: Mutex<State>

    /// A recorder that has seen nothing.
    ///
    /// - Parameter earlier: another trial of the same recipe: random numbers and secrets are the same in both.
    public init(after earlier: PlanRecorder? = nil) {
        var state = State()
        if let earlier { (state.draws, state.secrets) = earlier.state.withLock { ($0.draws, $0.secrets) } }
        self.state = Mutex(state)
    }

    /// What the recipe changed and met, in the order of the replies.
    public var events: [Event] { state.withLock { $0.events } }
    /// The changes, in the order of their replies.
    public var changes: [PlannedChange] {
        events.compactMap { event in
            if case .change(let change) = event { change } else { nil }
        }
    }
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
    func note(_ answers: [PlanAnswer], in line: String) {
        state.withLock { $0.events += answers.map { .answer($0, line: line) } }
    }
    /// The number that an earlier trial drew there.
    func draw(at step: StepID) -> JSONValue? { state.withLock { $0.draws[step] } }
    /// The secret that an earlier trial generated.
    func secret(_ name: String) -> String? { state.withLock { $0.secrets[name]?.reveal() } }
    func note(draw value: JSONValue, at step: StepID) { state.withLock { $0.draws[step] = value } }
    func note(secret: Secret<String>, named name: String) { state.withLock { $0.secrets[name] = secret } }

    /// A change, with its reply or with why it was refused.
    func note(_ effect: Effect, _ done: Reply?, refusal: String? = nil) {
        let change = PlannedChange(
            step: effect.step, operation: effect.operation.name, arguments: effect.arguments, site: effect.site,
            reply: done?.data ?? .null, actionID: done?.actionID?.rawValue, refusal: refusal)
        state.withLock { $0.events.append(.change(change)) }
    }

    /// A change outside of the account, with the answer that was declared or with why it was refused.
    func note(_ effect: OutsideEffect, _ done: JSONValue?, refusal: String? = nil) {
        var change = PlannedChange(
            step: effect.step, operation: ServerPilot.Operation.Name(rawValue: effect.name), arguments: [:],
            site: effect.site, reply: done ?? .null, actionID: nil, refusal: refusal, object: effect.object)
        change.contents = effect.contents
        let noted = change
        state.withLock { $0.events.append(.change(noted)) }
    }
}
