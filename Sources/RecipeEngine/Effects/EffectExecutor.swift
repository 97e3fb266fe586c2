internal import OrderedCollections
internal import ServerPilot

/// One effect on its way, as a value: told what happened, it says what to do next.
///
/// `planned → intent → sent → outcome | ambiguous → adopted | repeated | stopped`. It has no clock, no random numbers
/// and no input or output, so that the same code runs live and in simulation. Whoever drives it does what it says and
/// tells it the result; an intent is durable before its request is sent.
struct EffectExecutor: Hashable, Sendable {
    /// What happened.
    enum Event: Hashable, Sendable {
        /// It begins.
        case began
        /// What was to be written is durable.
        case written
        /// What was asked for with `look` came: the things of a list, or one thing.
        case seen([JSONValue])
        /// It could not be looked at.
        case lookFailed(RecordedFailure)
        /// The API answered with a success.
        case replied(Reply)
        /// The request failed.
        case failed(RecordedFailure)
        /// The server that was to be deleted is in use, so it was kept.
        case kept(reason: String)
        /// The pause is over.
        case slept
    }

    /// What to do next.
    enum Action: Hashable, Sendable {
        /// Look at the API.
        case look(EffectTarget.Look)
        /// Write down that the request is about to be sent, durably.
        case writeIntent(before: [String], attempt: Int)
        /// Send the request, once.
        case send
        /// Let that much time pass.
        case pause(Duration)
        /// Delete a server that was made and never connected, so that its key can be made anew.
        case deleteServer(id: String)
        /// Come to an end.
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
        /// It was refused for now, and is looked for after the time that the API asks for.
        case coolingDown
        /// It was refused, and is looked for all the same.
        case verifying
        case adopting(id: String)
        case deleting(id: String)
        case ended
    }

    let target: EffectTarget
    var state = State.planned
    /// The ids that had the natural key before the request was first sent.
    var before: Set<String> = []
    /// How often it was begun, in earlier lives of the run too.
    var attempt: Int
    /// Whether an answer was lost at some time.
    var wasAmbiguous: Bool
    /// The failure that made it ambiguous.
    var lastFailure: RecordedFailure?
    var failedLooks = 0
    var decision: EffectDecision?
    /// Of a deletion, whether what it names was seen a moment before: then "not found" says that it is gone.
    var isKnownToExist = false

    /// An effect that nothing is known of yet, or that was certainly not done.
    ///
    /// - Parameters:
    ///   - target: what it is about.
    ///   - decision: what a person decided about it after it was refused.
    init(_ target: EffectTarget, decision: EffectDecision? = nil) {
        self.target = target
        self.decision = decision
        attempt = 0
        wasAmbiguous = false
    }

    /// An effect whose intent was written in an earlier life of the run, and no outcome.
    init(_ target: EffectTarget, recovering before: [String], attempt: Int, decision: EffectDecision?) {
        self.target = target
        self.before = Set(before)
        self.attempt = attempt
        self.decision = decision
        wasAmbiguous = true
    }

    /// Takes the next step.
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
            // Whoever drives it has told what cannot have happened.
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
