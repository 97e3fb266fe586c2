internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// A state machine for one effect: it takes an event and returns the next action.
///
/// `planned → intent → sent → outcome | ambiguous → adopted | repeated | stopped`. It has no clock, no random
/// numbers and no input or output, so the same code runs live and in simulation. The driver, `RunSession.drive`,
/// performs each action and passes the result as the next event. An intent is durable before its request is sent.
struct EffectExecutor: Hashable, Sendable {
    /// The events of an effect.
    enum Event: Hashable, Sendable {
        /// The effect begins.
        case began
        /// The intent is durable.
        case written
        /// The `look` succeeded: the resources of a list, or a single resource.
        case seen([JSONValue])
        /// The `look` failed.
        case lookFailed(RecordedFailure)
        /// The API replied with success.
        case replied(Reply)
        /// The request failed.
        case failed(RecordedFailure)
        /// The server to delete is in use, so it was kept.
        case kept(reason: String)
        /// The pause is over.
        case slept
    }

    /// The actions of the driver.
    enum Action: Hashable, Sendable {
        /// Read the current state from the API.
        case look(EffectTarget.Look)
        /// Write a durable intent to send the request.
        case writeIntent(before: [String], attempt: Int)
        /// Send the request, once.
        case send
        /// Wait for this duration.
        case pause(Duration)
        /// Delete a server that was created and never connected, so that it can be created again with a new key.
        case deleteServer(id: String)
        /// Finish the effect.
        case finish(EffectOutcome)
    }

    enum State: Hashable, Sendable {
        case planned
        case lookingBefore
        case writing
        case sending
        case settling(round: Int)
        case looking(round: Int)
        case waitingToLook(round: Int)
        /// The request was refused temporarily; the executor looks for its result after the time that the API asks for.
        case coolingDown
        /// The request was refused; the executor looks for its result nevertheless.
        case verifying
        case adopting(id: String)
        case deleting(id: String)
        case ended
    }

    let target: EffectTarget
    var state = State.planned
    /// The ids that had the natural key before the request was first sent.
    var before: Set<String> = []
    /// The number of tries, including those of earlier executions of the run.
    var attempt: Int
    /// Whether a reply was lost at any time.
    var wasAmbiguous: Bool
    /// The latest failure of a request.
    var lastFailure: RecordedFailure?
    var failedLooks = 0
    var decision: EffectDecision?
    /// For a deletion, whether the run has seen its resource: then "not found" means that it is gone.
    var isKnownToExist = false

    /// Creates an effect that was not tried yet, or that was certainly not executed.
    ///
    /// - Parameters:
    ///   - target: the target of the effect.
    ///   - decision: a person's decision after the effect was refused.
    init(_ target: EffectTarget, decision: EffectDecision? = nil) {
        self.target = target
        self.decision = decision
        attempt = 0
        wasAmbiguous = false
    }

    /// Creates an effect for which earlier executions of the run wrote an intent but no outcome.
    init(_ target: EffectTarget, recovering before: [String], attempt: Int, decision: EffectDecision?) {
        self.target = target
        self.before = Set(before)
        self.attempt = attempt
        self.decision = decision
        wasAmbiguous = true
    }

    /// Takes an event and returns the next action.
    mutating func handle(_ event: Event) -> Action {
        switch (state, event) {
        case (.planned, .began): return begin()
        case (.lookingBefore, .seen(let things)):
            before = Set(things.filter(target.matches).compactMap { $0["id"]?.stringValue })
            return writeIntent()
        case (.lookingBefore, .lookFailed(let failure)): return finish(.refused(failure.beforeSending))
        case (.writing, .written):
            state = .sending
            return .send
        case (.sending, .replied(let reply)): return finish(.done(reply, by: wasAmbiguous ? .repeated : .reply))
        case (.sending, .failed(let failure)): return sendFailed(failure)
        case (.settling(let round), .slept), (.waitingToLook(let round), .slept): return look(round)
        case (.coolingDown, .slept): return verify()
        case (.verifying, .seen(let things)): return judge(things)
        case (.verifying, .lookFailed(let failure)): return judge(failure)
        case (.looking(let round), .seen(let things)): return evaluate(things, round)
        case (.looking(let round), .lookFailed(let failure)): return lookFailed(failure, round)
        case (.adopting(let id), .seen(let things)): return adopt(id, from: things)
        case (.adopting, .lookFailed(let failure)): return finish(.unfinished(failure))
        case (.deleting, .replied): return resend()
        case (.deleting(let id), .kept(let reason)): return keep(id, reason)
        case (.deleting, .failed(let failure)):
            return failure.code == ServerPilotError.Code.notFound.rawValue ? resend() : finish(.unfinished(failure))
        default:
            // The driver passed an event that is impossible in this state.
            return unexpected("\(event)")
        }
    }

    mutating func unexpected(_ event: String) -> Action {
        let message = "internal error: unexpected \(event.prefix(80)) in state \(state)"
        return finish(.unfinished(RecordedFailure(code: "internal", message: message)))
    }

    private mutating func begin() -> Action {
        if let decision { return decide(decision) }
        guard !wasAmbiguous else { return settle(0) }
        guard target.effect == .create, target.look != .none else { return writeIntent() }
        state = .lookingBefore
        return .look(target.look)
    }

    mutating func writeIntent() -> Action {
        guard attempt < EffectLimits.attempts else {
            return finish(
                .undecided(
                    Undecided(
                        reason: "it was begun \(attempt) times without coming to an outcome"
                            + (lastFailure.map { ", the last time: \($0.message)" } ?? ""), candidates: [],
                        choices: [.recreate, .skip])))
        }
        attempt += 1
        state = .writing
        return .writeIntent(before: before.sorted(), attempt: attempt)
    }

    mutating func finish(_ outcome: EffectOutcome) -> Action {
        state = .ended
        return .finish(outcome)
    }
}
