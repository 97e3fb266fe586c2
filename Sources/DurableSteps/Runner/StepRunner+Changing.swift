internal import Groundwork

/// Changes: exactly once, as far as their recovery allows.
extension StepRunner {
    /// Makes a change that no earlier execution has completed: it is made, or recovered if an earlier one began it.
    ///
    /// The change runs in a task of its own, which a cancellation of the caller does not reach: an aborted request helps
    /// no one, and the reply contains the id of the new resource. The task runs on the caller's actor, so the order of
    /// the run stays the same.
    ///
    /// - Parameters:
    ///   - change: the change.
    ///   - recorded: the record of the step, as `take` returned it.
    ///   - decision: a person's decision about the step.
    ///   - actor: the actor of the caller.
    ///   - executor: the executor of work that leaves the actor.
    /// - Returns: the reply as recorded.
    /// - Throws: `StepError`.
    package func make(
        _ change: some DurableChange, after recorded: RecordedStep? = nil, decision: EffectDecision? = nil,
        on actor: isolated (any Actor)? = #isolation, executor: (any TaskExecutor)? = nil
    ) async throws(StepError) -> ChangeReply {
        let intent = recorded?.intent?.intent
        return try await Task { () -> Result<ChangeReply, StepError> in
            _ = actor
            return await withTaskExecutorPreference(executor) {
                do throws(StepError) {
                    if intent != nil {
                        self.gate?.reached(change.call.step)
                        try await self.begin(change.words, at: change.call.site)
                    }
                    let machine = ChangeMachine(change.rules, recovering: intent, decision: decision)
                    return .success(try await self.drive(change, machine))
                } catch {
                    return .failure(error)
                }
            }
        }.value.get()
    }

    /// Delays a new step until the whole record has been delivered.
    ///
    /// - Throws: `StepError.failed` with the code `StepFailure.cancelled` if the run was stopped meanwhile.
    package func begin(_ words: String, at site: String) async throws(StepError) {
        await admit(words, at: site)
        guard !isAbandoned else {
            throw .failed(
                StepFailure(
                    code: StepFailure.cancelled, message: "\(words): the run was stopped. Nothing was sent",
                    delivery: .notSent))
        }
    }

    /// Performs the machine's actions until it finishes.
    private func drive(
        _ change: some DurableChange, _ machine: ChangeMachine
    ) async throws(StepError) -> ChangeReply {
        var machine = machine
        // A change that starts again, after a failure or by a decision, gets a new marker: its target must see a new
        // change.
        var beginnings = begun(change.call.step)
        let began = time.steady
        var permit = SendPermit(self, asked: began)
        var event = ChangeMachine.Event.began
        // `ChangeLimits` bounds every loop of the machine.
        while true {
            switch machine.handle(event) {
            case .finish(let outcome): return try await finish(outcome, change, began: began, machine.lastFailure)
            case .pause(let pause):
                // Pause even while the run is being stopped: the machine must find out whether the change was made.
                try? await time.sleep(for: pause)
                event = .slept
            case .look(let reason):
                switch await change.look(reason) {
                case .success(let sighting): event = .seen(sighting)
                case .failure(let failure): event = .lookFailed(failure)
                }
            case .writeIntent(let before, let attempt):
                if attempt == 1 { beginnings += 1 }
                let falls = try await change.prepare(mayHaveChanged: machine.mayHaveChanged)
                permit = try await commitIntent(
                    of: change, change.rules.evidence(before: before), attempt: attempt, falls: falls)
                event = .written
            case .send(let number, let isRecovery):
                let attempt = ChangeAttempt(
                    number: number, isRecovery: isRecovery, marker: marker(of: change.call.step, beginnings),
                    permit: permit)
                event = try await sent(permit) { () throws(SendFailure) in try await change.send(attempt) }
            case .discard(let id):
                event = try await discard(id, change, machine)
            }
        }
    }

    /// Returns the name of a change that has started this many times.
    private func marker(of step: StepID, _ beginnings: Int) -> String {
        "\(marker)-\(step.marker)" + (beginnings < 2 ? "" : "-again\(beginnings)")
    }

    private func commitIntent(
        of change: some DurableChange, _ evidence: Entry.Intent.Evidence, attempt: Int, falls: [String]? = nil
    ) async throws(StepError) -> SendPermit {
        let permit = SendPermit(self, asked: time.steady)
        let secrets = if case .recreation = evidence { [String]?.none } else { change.secrets }
        let intent = Entry.Intent(
            evidence, attempt: attempt, falls: falls, secrets: secrets, object: change.object, id: change.id)
        try await committed(.intent(change.call, intent))
        return permit
    }

    @discardableResult
    private func committed(_ entry: Entry) async throws(StepError) -> Int? {
        do throws(StepStop) { return try await commit(entry) } catch { throw .stopped(error) }
    }

    /// Sends a request with a permit; all requests of changes go through this function.
    ///
    /// - Throws: `StepError` if the permit was refused: the request was not sent, and the run stops.
    private func sent(
        _ permit: SendPermit, _ send: () async throws(SendFailure) -> ChangeReply
    ) async throws(StepError) -> ChangeMachine.Event {
        do throws(StepStop) { try await permit.check() } catch { throw .stopped(error) }
        do throws(SendFailure) {
            return .replied(try await send())
        } catch {
            if let refusal = permit.refusal { throw .stopped(refusal) }
            return .failed(error.failure, retryAfter: error.retryAfter)
        }
    }

    /// Discards a resource that nothing uses, with an intent and an epoch check of its own.
    private func discard(
        _ id: String, _ change: some DurableChange, _ machine: ChangeMachine
    ) async throws(StepError) -> ChangeMachine.Event {
        switch try await change.obstacle(toDiscarding: id, isDecided: machine.decision != nil) {
        case .success(let reason?): return .kept(reason: reason)
        case .failure(let failure): return .failed(failure)
        case .success(nil): break
        }
        // Include `before`: this intent replaces the intent of the creation.
        let evidence = Entry.Intent.Evidence.recreation(deletes: id, before: machine.before.sorted())
        let permit = try await commitIntent(of: change, evidence, attempt: machine.attempt)
        let attempt = ChangeAttempt(
            number: machine.attempt, isRecovery: machine.mayHaveChanged, marker: marker(of: change.call.step, 0),
            permit: permit)
        return try await sent(permit) { () throws(SendFailure) in try await change.discard(id, attempt) }
    }

    private func finish(
        _ outcome: ChangeMachine.Outcome, _ change: some DurableChange, began: Timestamp, _ last: StepFailure?
    ) async throws(StepError) -> ChangeReply {
        switch outcome {
        case .done(let reply, let origin):
            let kept = change.accept(reply, by: origin)
            // Report the change even if its outcome cannot be written: the intent is in the journal.
            defer { change.settled(kept, by: origin, began: began) }
            let ticket = try await commitOutcome(of: change, .done(data: kept.data, action: kept.action, by: origin))
            if origin == .adopted { change.adopted(after: last) }
            await turn(ticket)
            return kept
        case .refused(let failure): throw try await refused(change, failure)
        case .lost(let cause):
            let lost = StepFailure(
                code: StepFailure.lostAnswer,
                message: "\(change.words): no reply arrived, so the change may have been made"
                    + (cause.map { ": \($0.message)" } ?? ""),
                status: cause?.status, delivery: .ambiguous, details: change.lossDetails)
            throw try await refused(change, lost)
        case .undecided(let undecided): throw await stop(undecided, change)
        case .unfinished(let failure): throw .stopped(.unfinished(failure, call: change.words))
        }
    }

    /// Records a failure as the outcome, and returns the error to throw.
    private func refused(_ change: some DurableChange, _ failure: StepFailure) async throws(StepError) -> StepError {
        let recorded = await change.refuse(failure)
        await turn(try await commitOutcome(of: change, .failed(recorded)))
        return .failed(recorded)
    }

    private func commitOutcome(
        of change: some DurableChange, _ result: Entry.Outcome.Result
    ) async throws(StepError) -> Int? {
        try await committed(.outcome(change.call, Entry.Outcome(result, object: change.object, id: change.id)))
    }

    /// Records that a person must decide about a change.
    ///
    /// If several steps stop at once, only the first is reported, and a decision applies to it.
    ///
    /// - Parameters:
    ///   - undecided: the question.
    ///   - change: the change.
    ///   - falls: before a deletion, the ids that would be deleted with the resource.
    /// - Returns: the error to throw, which is another if the question could not be written.
    package func stop(_ undecided: Undecided, _ change: some DurableChange, falls: [String]? = nil) async -> StepError {
        let question = Entry.Stop(
            reason: undecided.reason, candidates: undecided.candidates, choices: undecided.choices,
            isReported: !isAbandoned, falls: falls, object: change.object, id: change.id)
        do throws(StepStop) { try await commit(.stopped(change.call, question)) } catch { return .stopped(error) }
        return .stopped(.undecided(undecided, call: change.words))
    }
}

extension StepID {
    /// The step as letters, digits and dashes, different for each step.
    var marker: String {
        description.map { character in
            switch character {
            case "/": "c"
            case ".": "-"
            case ":": "s"
            case _ where character.isASCII && character.isNumber: String(character)
            default: "x" + character.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: "x")
            }
        }.joined()
    }
}
