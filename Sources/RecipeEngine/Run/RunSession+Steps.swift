internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// Steps of the run: replayed from the record, or made and recorded.
extension RunSession {
    /// Takes the record of a step; stops the run if a different call is recorded there.
    func taken(_ call: StepCall, isChange: Bool) throws(RecipeError) -> RecordedStep? {
        do throws(StepStop) { return try steps.take(call, isChange: isChange) } catch { throw stop(RunStop(error)) }
    }

    /// Delays a new step until the whole record has been delivered.
    ///
    /// - Throws: `RecipeError` if the run was stopped meanwhile.
    func begin(_ words: String, at site: String) async throws(RecipeError) {
        await steps.admit(words, at: site)
        if let reason = stopReason { throw RecipeError(reason) }
    }

    /// Makes an observation as one step; see `StepRunner.observe`.
    ///
    /// - Throws: `RecipeError`, also for a recorded failure that has details; `StepFailure` for one of the account's
    ///   API; `CancellationError`; the error of `live`.
    func observe(
        _ call: StepCall, secrets: [String]? = nil, skipped: JSONValue? = nil,
        onReplay: (Entry.Observation, Timestamp) -> Void = { _, _ in }, _ live: () async throws -> JSONValue
    ) async throws -> JSONValue {
        do {
            return try await steps.observe(
                call, words: call.call.words, secrets: secrets, skipped: skipped, onReplay: onReplay, live)
        } catch let reason as StepStop {
            throw stop(RunStop(reason))
        } catch let failure as StepFailure where failure.details != nil {
            throw RecipeError(failure)
        }
    }

    /// Pins a value; see `StepRunner.pin`.
    func pin(_ call: StepCall, _ live: () -> JSONValue) throws(RecipeError) -> JSONValue {
        do throws(StepError) {
            return try steps.pin(call, live)
        } catch {
            throw recipeError(error) { RecipeError($0) }
        }
    }

    /// Makes a change that no earlier execution has completed.
    ///
    /// - Parameters:
    ///   - change: the change.
    ///   - recorded: the record of the step.
    ///   - decision: a person's decision about the step.
    ///   - actor: the actor of the caller.
    ///   - failure: returns the error of a failure.
    /// - Returns: the reply as recorded.
    /// - Throws: `RecipeError`.
    func make(
        _ change: some DurableChange, after recorded: RecordedStep?, decision: EffectDecision?,
        on actor: isolated (any Actor)? = #isolation, failure: (StepFailure) -> RecipeError
    ) async throws(RecipeError) -> ChangeReply {
        do throws(StepError) {
            return try await steps.make(
                change, after: recorded, decision: decision, executor: (actor as? LuaHost)?.taskExecutor)
        } catch {
            throw recipeError(error, failure)
        }
    }

    private func recipeError(_ error: StepError, _ failure: (StepFailure) -> RecipeError) -> RecipeError {
        switch error {
        case .failed(let step): stopReason.map { RecipeError($0) } ?? failure(step)
        case .stopped(let reason): stop(RunStop(reason))
        }
    }

    // MARK: Changes outside the account

    /// Makes a change outside the account; see `StepScope.perform`.
    func perform(
        _ name: String, _ arguments: JSONObject, object: String?, recovery: Recovery,
        look: ExternalChange.Look? = nil, at scope: StepScope, _ live: @escaping ExternalChange.Send
    ) async throws(RecipeError) -> JSONValue {
        try expectNoLook(scope, name)
        let call = scope.next(.outside(name), arguments)
        await scope.turnOfFailures(call)
        let change = ExternalChange(
            call, arguments, object: object, recovery: recovery, self, look: look, send: live)
        try follow(change.planned())
        let recorded = try taken(call, isChange: true)
        if let result = recorded?.result?.outcome {
            await steps.turn(call)
            return try replay(result, of: change)
        }
        let decision = steps.takeDecision(about: call.step)
        if recorded == nil {
            try await begin(change.words, at: call.site)
            guard !Task.isCancelled else {
                throw RecipeError(
                    code: StepFailure.cancelled, message: "\(change.words): the run was stopped. Nothing was sent",
                    operation: name, object: object, delivery: .notSent)
            }
        }
        return try await make(change, after: recorded, decision: decision) { RecipeError($0) }.data
    }

    private func replay(_ outcome: Entry.Outcome, of change: ExternalChange) throws(RecipeError) -> JSONValue {
        if let failure = outcome.failure {
            if failure.wasNotTaken { generated.refused(at: change.step) }
            following?.noteRefusal(at: change.step)
            throw RecipeError(failure)
        }
        let value = outcome.data ?? .null
        following?.note(ChangeReply(value), at: change.step)
        return value
    }

    /// Compares a change with the plan that the run follows, and stops the run if it differs.
    func follow(_ change: PlannedChange) throws(RecipeError) {
        do throws(RunStop) {
            let planned = try following?.check(change)
            if let id = change.arguments["id"]?.stringValue, let name = planned?.detail?.before?["name"]?.stringValue {
                knowledge.notePlanned(name: name, ofID: id)
            }
        } catch {
            throw stop(error)
        }
    }
}
