package import DurableSteps
package import Groundwork
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// A recorder of a recipe's reads and changes, while the recipe is tried on a copy of the account.
package final class PlanRecorder: Sendable {
    /// The events that decide about the paths of a plan.
    package enum Event: Hashable, Sendable {
        /// A change, with its reply.
        case change(PlannedChange)
        /// A read of a fact that only time decides, in that line of coroutines.
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

    /// Creates an empty recorder.
    ///
    /// - Parameter earlier: an earlier trial of the same recipe, whose random numbers and secrets are used again.
    package init(after earlier: PlanRecorder? = nil) {
        var state = State()
        if let earlier { (state.draws, state.secrets) = earlier.state.withLock { ($0.draws, $0.secrets) } }
        self.state = Mutex(state)
    }

    /// The changes and facts of the trial, in the order of the replies.
    package var events: [Event] { state.withLock { $0.events } }
    /// The changes, in the order of their replies.
    package var changes: [PlannedChange] {
        events.compactMap { event in
            if case .change(let change) = event { change } else { nil }
        }
    }
    /// The questions to the account, each only once.
    package var readings: [PlanReading] { state.withLock { Array($0.readings) } }
    /// Values from outside the account, by step: random numbers, digests of imported modules.
    package var draws: [StepID: JSONValue] { state.withLock { $0.draws } }
    /// The generated secrets, by name.
    package var secrets: [String: Secret<String>] { state.withLock { $0.secrets } }

    /// The reads outside the account with their declared replies, each only once.
    package var declared: [DeclaredAnswer] { state.withLock { Array($0.declared) } }

    func note(_ answer: DeclaredAnswer) { state.withLock { _ = $0.declared.append(answer) } }
    func note(_ reading: PlanReading) { state.withLock { _ = $0.readings.append(reading) } }
    func note(_ answers: [PlanAnswer], in line: String) {
        state.withLock { $0.events += answers.map { .answer($0, line: line) } }
    }
    /// Returns the random number or digest that an earlier trial has for the step.
    func draw(at step: StepID) -> JSONValue? { state.withLock { $0.draws[step] } }
    /// Returns the secret that an earlier trial generated.
    func secret(_ name: String) -> String? { state.withLock { $0.secrets[name]?.reveal() } }
    func note(draw value: JSONValue, at step: StepID) { state.withLock { $0.draws[step] = value } }
    func note(secret: Secret<String>, named name: String) { state.withLock { $0.secrets[name] = secret } }

    /// Records a change, with its reply or the reason for its refusal.
    func note(_ change: PlannedChange) { state.withLock { $0.events.append(.change(change)) } }
}
