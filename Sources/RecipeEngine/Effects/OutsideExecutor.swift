internal import Groundwork
internal import ServerPilot

/// A state machine for one change outside the account: it takes an event and returns the next action.
///
/// It does for `OutsideEffect` what `EffectExecutor` does for operations of the API. But it cannot look whether the
/// change was made, so `OutsideRecovery` decides after a lost reply.
struct OutsideExecutor: Hashable, Sendable {
    /// The events of a change.
    enum Event: Hashable, Sendable {
        /// The change begins.
        case began
        /// The intent is durable.
        case written
        /// The change was made.
        case done(JSONValue)
        /// The change failed; unless it is known that it was not made, the failure is ambiguous.
        case failed(RecipeError)
        /// The pause is over.
        case slept
    }

    /// The actions of the driver.
    enum Action: Hashable, Sendable {
        /// Write a durable intent to make the change.
        case writeIntent(attempt: Int)
        /// Make the change, once.
        case act(number: Int, isRecovery: Bool)
        /// Wait for this duration.
        case pause(Duration)
        /// Finish the change.
        case finish(Outcome)
    }

    /// The outcome of a change.
    enum Outcome: Hashable, Sendable {
        /// The change was made.
        case done(JSONValue, by: EffectOutcome.Origin)
        /// The change was certainly not made.
        case refused(RecipeError)
        /// The change may have been made, which an error reports to the recipe.
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
    /// The number of tries, including those of earlier executions of the run.
    private(set) var attempt: Int
    /// Whether the change may have been made.
    private(set) var isRecovery: Bool
    private var lastFailure: RecipeError?
    private var decision: EffectDecision?

    /// Creates a change that was not tried yet.
    init(_ recovery: OutsideRecovery, decision: EffectDecision? = nil) {
        self.recovery = recovery
        self.decision = decision
        attempt = 0
        isRecovery = false
    }

    /// Creates a change for which earlier executions of the run wrote an intent but no outcome.
    init(_ recovery: OutsideRecovery, recovering attempt: Int, decision: EffectDecision?) {
        self.recovery = recovery
        self.attempt = attempt
        self.decision = decision
        isRecovery = true
    }

    /// Takes an event and returns the next action.
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
            // The driver passed an event that is impossible in this state.
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
        // Only changes whose repetition has the same result are repeated, so the reply to the last try counts.
        case .rejected?: return finish(.refused(failure))
        case .ambiguous?, nil:
            isRecovery = true
            return recover()
        }
    }

    /// Handles a change that may have been made.
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
