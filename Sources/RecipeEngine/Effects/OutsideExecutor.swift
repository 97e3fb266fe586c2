internal import ServerPilot

/// One change outside of the account on its way, as a value: told what happened, it says what to do next.
///
/// It is to `OutsideEffect` what `EffectExecutor` is to the operations of the API, with the difference that nobody here
/// knows how to look whether it was done: what happens then is its `OutsideRecovery`.
struct OutsideExecutor: Hashable, Sendable {
    /// What happened.
    enum Event: Hashable, Sendable {
        /// It begins.
        case began
        /// The intent is durable.
        case written
        /// It was done.
        case done(JSONValue)
        /// It failed; what is not known to be undone is ambiguous.
        case failed(RecipeError)
        /// The pause is over.
        case slept
    }

    /// What to do next.
    enum Action: Hashable, Sendable {
        /// Write down that it is about to be done, durably.
        case writeIntent(attempt: Int)
        /// Do it, once.
        case act(number: Int, isRecovery: Bool)
        /// Let that much time pass.
        case pause(Duration)
        /// Come to an end.
        case finish(Outcome)
    }

    /// How it came to its end.
    enum Outcome: Hashable, Sendable {
        /// It was done.
        case done(JSONValue, by: EffectOutcome.Origin)
        /// It was certainly not done.
        case refused(RecipeError)
        /// It may have been done, which the recipe is told.
        case lost(RecipeError?)
        /// A person must decide; nothing was done since.
        case undecided(Undecided)
    }

    enum State: Hashable, Sendable {
        case planned
        case writing
        case acting
        case pausing
        case ended
    }

    let recovery: OutsideRecovery
    private(set) var state = State.planned
    /// How often it was begun, in earlier lives of the run too.
    private(set) var attempt: Int
    /// Whether it may have been done.
    private(set) var isRecovery: Bool
    private var lastFailure: RecipeError?
    private var decision: EffectDecision?

    /// A change that nothing is known of yet.
    init(_ recovery: OutsideRecovery, decision: EffectDecision? = nil) {
        self.recovery = recovery
        self.decision = decision
        attempt = 0
        isRecovery = false
    }

    /// A change whose intent was written in an earlier life of the run, and no outcome.
    init(_ recovery: OutsideRecovery, recovering attempt: Int, decision: EffectDecision?) {
        self.recovery = recovery
        self.attempt = attempt
        self.decision = decision
        isRecovery = true
    }

    /// Takes the next step.
    mutating func handle(_ event: Event) -> Action {
        switch (state, event) {
        case (.planned, .began): return begin()
        case (.writing, .written):
            state = .acting
            return .act(number: attempt, isRecovery: isRecovery)
        case (.acting, .done(let value)): return finish(.done(value, by: isRecovery ? .repeated : .reply))
        case (.acting, .failed(let failure)): return failed(failure)
        case (.pausing, .slept): return writeIntent()
        default:
            // Whoever drives it has told what cannot have happened.
            return finish(.undecided(undecided("it lost its way")))
        }
    }

    private mutating func begin() -> Action {
        switch decision?.choice {
        case .skip?:
            return finish(
                .refused(
                    RecipeError(
                        code: RecipeError.skipped, message: "left out by the decision of a person", delivery: .rejected)
                ))
        case .adopt?, .yes?: return finish(.undecided(undecided("there is nothing that could be adopted")))
        case .recreate?:
            attempt = 0
            return writeIntent()
        case nil: return isRecovery ? recover() : writeIntent()
        }
    }

    private mutating func failed(_ failure: RecipeError) -> Action {
        lastFailure = failure
        switch failure.delivery {
        case .notSent?, .throttled?: return isRecovery ? recover() : finish(.refused(failure))
        // Where doing it again does the same, the answer to the last try is the answer.
        case .rejected?: return finish(.refused(failure))
        case .ambiguous?, nil:
            isRecovery = true
            return recover()
        }
    }

    /// It may have been done.
    private mutating func recover() -> Action {
        switch recovery {
        case .repeatable:
            guard attempt < EffectLimits.attempts else { return writeIntent() }
            state = .pausing
            return .pause(EffectLimits.settling[min(max(attempt, 1), EffectLimits.settling.count) - 1])
        case .raised: return finish(.lost(lastFailure))
        case .undecided:
            return finish(.undecided(undecided("its answer was lost, so that it may have been done or not")))
        }
    }

    private mutating func writeIntent() -> Action {
        guard attempt < EffectLimits.attempts else {
            return finish(.undecided(undecided("it was begun \(attempt) times without coming to an outcome")))
        }
        attempt += 1
        state = .writing
        return .writeIntent(attempt: attempt)
    }

    private func undecided(_ reason: String) -> Undecided {
        Undecided(
            reason: reason + (lastFailure.map { ", the last time: \($0.message)" } ?? ""), candidates: [],
            choices: [.recreate, .skip])
    }

    private mutating func finish(_ outcome: Outcome) -> Action {
        state = .ended
        return .finish(outcome)
    }
}
