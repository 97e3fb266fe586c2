internal import Groundwork

/// A state machine for one change: it takes an event and returns the next action.
///
/// `planned → intent → sent → outcome | ambiguous → adopted | repeated | raised | stopped`. It has no clock, no random
/// numbers and no input or output, so the same code runs live and in simulation. The driver, `StepRunner`, performs
/// each action and passes the result as the next event. An intent is durable before its request is sent.
struct ChangeMachine: Hashable, Sendable {
    /// The events of a change.
    enum Event: Hashable, Sendable {
        /// The change begins.
        case began
        /// The intent is durable.
        case written
        /// The lookup succeeded.
        case seen(Sighting)
        /// The lookup failed.
        case lookFailed(StepFailure)
        /// The API replied with success.
        case replied(ChangeReply)
        /// The request failed; the API may have asked to wait before the next one.
        case failed(StepFailure, retryAfter: Duration? = nil)
        /// The resource to discard is in use, so it was kept.
        case kept(reason: String)
        /// The pause is over.
        case slept
    }

    /// The actions of the driver.
    enum Action: Hashable, Sendable {
        /// Look for the result of the change.
        case look(LookReason)
        /// Write a durable intent to send the request.
        case writeIntent(before: [String], attempt: Int)
        /// Send the request, once; in a recovery, an earlier request may have been executed.
        case send(attempt: Int, isRecovery: Bool)
        /// Wait for this duration.
        case pause(Duration)
        /// Discard a resource that nothing uses, so that it can be created again.
        case discard(id: String)
        /// Finish the change.
        case finish(Outcome)
    }

    /// The outcomes of a change.
    enum Outcome: Hashable, Sendable {
        /// The change was made.
        case done(ChangeReply, by: Entry.Outcome.Origin)
        /// The change was certainly not made.
        case refused(StepFailure)
        /// The change may have been made, which a failure reports to the program.
        case lost(StepFailure?)
        /// A person must decide; nothing was sent since.
        case undecided(Undecided)
        /// It is unknown whether the change was made, and looking failed: the run has to be resumed.
        case unfinished(StepFailure)
    }

    enum State: Hashable, Sendable {
        case planned
        case lookingBefore
        case writing
        case sending
        /// A reply was lost; the machine waits, and then looks or sends again.
        case settling(round: Int)
        case looking(round: Int)
        case waitingToLook(round: Int)
        /// The request was refused temporarily; the machine looks for its result after the time that the API asks for.
        case coolingDown
        /// The request was refused; the machine looks for its result nevertheless.
        case verifying
        case adopting(id: String)
        case discarding(id: String)
        case ended
    }

    let rules: ChangeRules
    var state = State.planned
    /// The ids that had the natural key before the request was first sent.
    var before: Set<String> = []
    /// The number of tries, including those of earlier executions of the run.
    var attempt = 0
    /// Whether the change may have been made by an earlier try.
    var mayHaveChanged = false
    /// The latest failure of a request.
    var lastFailure: StepFailure?
    /// The wait that the API asked for with the latest failure.
    var retryAfter: Duration?
    var failedLooks = 0
    /// The number of tries in this execution that certainly sent nothing, after a lost reply.
    var unsent = 0
    var decision: EffectDecision?

    /// Creates a change that was not tried yet, or that was certainly not made.
    ///
    /// - Parameters:
    ///   - rules: the facts about the change.
    ///   - intent: the last intent of earlier executions, if they recorded no outcome.
    ///   - decision: a person's decision.
    init(_ rules: ChangeRules, recovering intent: Entry.Intent? = nil, decision: EffectDecision? = nil) {
        self.rules = rules
        self.decision = decision
        guard let intent else { return }
        before = Set(intent.before)
        attempt = intent.attempt
        mayHaveChanged = true
    }

    /// Takes an event and returns the next action.
    mutating func handle(_ event: Event) -> Action {
        switch (state, event) {
        case (.planned, .began): return begin()
        case (.lookingBefore, .seen(let sighting)):
            before = Set(candidates(in: sighting).filter(\.isMatch).compactMap(\.id))
            return writeIntent()
        case (.lookingBefore, .lookFailed(let failure)): return finish(.refused(failure.beforeSending))
        case (.writing, .written):
            state = .sending
            return .send(attempt: attempt, isRecovery: mayHaveChanged)
        case (.sending, .replied(let reply)):
            return finish(.done(reply, by: mayHaveChanged ? .repeated : .reply))
        case (.sending, .failed(let failure, let retryAfter)):
            self.retryAfter = retryAfter
            return failed(failure)
        case (.settling(let round), .slept), (.waitingToLook(let round), .slept): return look(round)
        case (.coolingDown, .slept): return verify()
        case (.verifying, .seen(let sighting)): return judge(sighting)
        case (.verifying, .lookFailed(let failure)): return judge(failure)
        case (.looking(let round), .seen(let sighting)): return evaluate(sighting, round)
        case (.looking(let round), .lookFailed(let failure)): return lookFailed(failure, round)
        case (.adopting(let id), .seen(let sighting)): return adopt(id, from: candidates(in: sighting))
        case (.adopting, .lookFailed(let failure)): return finish(.unfinished(failure))
        case (.discarding, .replied): return writeIntent()
        // The resource is in use, so its key is no longer needed and it can be adopted.
        case (.discarding(let id), .kept(let reason)): return undecided(reason, [id], choices: [.adopt, .skip])
        case (.discarding, .failed(let failure, _)):
            return failure.code == StepFailure.notFound ? writeIntent() : finish(.unfinished(failure))
        default:
            // The driver passed an event that is impossible in this state.
            let message = "internal error: unexpected \("\(event)".prefix(80)) in state \(state)"
            return finish(.unfinished(StepFailure(code: "internal", message: message)))
        }
    }

    private mutating func begin() -> Action {
        if let decision { return decide(decision) }
        guard !mayHaveChanged else { return recover() }
        guard rules.effect == .create, rules.lookup != nil else { return writeIntent() }
        state = .lookingBefore
        return .look(.before)
    }

    mutating func writeIntent() -> Action {
        guard attempt < ChangeLimits.attempts else {
            return undecided("\(attempt) attempts had no outcome\(lastWords)")
        }
        attempt += 1
        state = .writing
        return .writeIntent(before: before.sorted(), attempt: attempt)
    }

    /// Stops for a person, who can adopt one of these resources unless a part of its reply is lost for good.
    mutating func undecided(
        _ reason: String, _ ids: [String] = [], choices: [EffectDecision.Choice]? = nil
    ) -> Action {
        let isAdoptable = !ids.isEmpty && rules.lookup?.hasOneTimeReply != true
        let choices = choices ?? (isAdoptable ? [.adopt, .recreate, .skip] : [.recreate, .skip])
        return finish(.undecided(Undecided(reason: reason, candidates: ids, choices: choices)))
    }

    /// The latest failure, to be added to a reason.
    var lastWords: String { lastFailure.map { "; the last error: \($0.message)" } ?? "" }

    mutating func finish(_ outcome: Outcome) -> Action {
        state = .ended
        return .finish(outcome)
    }

    func candidates(in sighting: Sighting) -> [Sighting.Candidate] {
        if case .resources(let candidates) = sighting { candidates } else { [] }
    }
}

extension StepFailure {
    /// The same failure, of a look before the request: nothing was sent, so nothing is unknown.
    fileprivate var beforeSending: StepFailure {
        var failure = saying("nothing was sent: the existing resources could not be listed: \(message)")
        failure.delivery = .notSent
        failure.status = nil
        return failure
    }
}
