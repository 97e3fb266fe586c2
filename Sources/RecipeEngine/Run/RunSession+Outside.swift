internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// Changes outside the account as steps of the run: replayed from the record, or executed and recorded.
extension RunSession {
    /// Makes a change outside the account; see `StepScope.perform`.
    func perform(
        _ name: String, _ arguments: JSONObject, object: String?, recovery: OutsideRecovery, at scope: StepScope,
        _ live: @escaping @Sendable (OutsideAttempt) async throws(RecipeError) -> JSONValue
    ) async throws(RecipeError) -> JSONValue {
        let call = scope.next(.outside(name), arguments)
        let step = call.step
        let effect = OutsideEffect(
            call: call, object: object.map(redactor.redact), recovery: recovery,
            contents: planning == nil ? [:] : contents(of: arguments), marker: "\(marker)-\(step.marker)",
            secrets: generated.sends(arguments, at: step))
        do throws(RunStop) { try following?.check(effect) } catch { throw stop(error) }
        let recorded = try recorded(call, isChange: true)
        if let result = recorded?.result?.outcome {
            await recorder.turn(call)
            return try replay(result, of: effect)
        }
        let executor: OutsideExecutor
        if let intent = recorded?.intent?.intent {
            executor = OutsideExecutor(
                recovery, recovering: intent.attempt, decision: recorder.takeDecision(about: step))
        } else {
            executor = OutsideExecutor(recovery, decision: recorder.takeDecision(about: step))
            try await begin(effect.words, at: effect.site)
            guard !Task.isCancelled else {
                throw RecipeError(
                    code: ServerPilotError.Code.cancelled.rawValue,
                    message: "\(effect.words): the run was stopped; nothing was sent", operation: name, object: object,
                    delivery: .notSent)
            }
        }
        return try await finished(
            step, effect.words, at: effect.site, isRecovered: recorded?.intent != nil, on: #isolation
        ) { () throws(RecipeError) in
            try await self.drive(executor, effect, live)
        }.get()
    }

    /// The names of arguments that people want to read before a change is sent.
    private static let contentNames = ["script", "stdin", "content", "body"]

    private func contents(of arguments: JSONObject) -> JSONObject {
        let redactor = redactor
        var contents = arguments.filter { Self.contentNames.contains($0.key) && $0.value != "" }
        // Each scalar is a byte, as `StepScope.copy` writes it: the text has another form of each secret that is not
        // ASCII.
        if let content = contents["content"]?.stringValue {
            let bytes = content.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
            contents["content"] = .string(
                String(String.UnicodeScalarView(redactor.redact(bytes).map { Unicode.Scalar($0) })))
        }
        return contents.mapValues(redactor.redact)
    }

    /// Performs the executor's actions until it finishes.
    private func drive(
        _ executor: OutsideExecutor, _ effect: OutsideEffect,
        _ live: (OutsideAttempt) async throws(RecipeError) -> JSONValue
    ) async throws(RecipeError) -> JSONValue {
        var executor = executor
        // A change that starts again, after a failure or by a decision, gets a new marker: its target must see a new
        // change.
        var beginnings = recorder.begun(effect.step)
        let began = time.steady
        var event = OutsideExecutor.Event.began
        var permit = SendPermit(recorder, time, asked: began)
        // Bounded by `EffectLimits.attempts`.
        while true {
            switch executor.handle(event) {
            case .finish(let outcome): return try await finish(outcome, effect, began: began)
            case .pause(let pause):
                try? await time.sleep(for: pause)
                event = .slept
            case .writeIntent(let attempt):
                if attempt == 1 { beginnings += 1 }
                let intent = Entry.Intent(.none, attempt: attempt, secrets: effect.secrets, object: effect.object)
                permit = try await commitIntent(.intent(effect.call, intent))
                event = .written
            case .act(let number, let isRecovery):
                try await expectPermitted(permit)
                countCall()
                let attempt = OutsideAttempt(
                    number: number, isRecovery: isRecovery, marker: effect.marker(beginnings), permit: permit)
                do throws(RecipeError) {
                    event = .done(try await live(attempt))
                } catch {
                    if let refusal = permit.refusal { throw stop(refusal) }
                    // The error is recorded and later shown by other processes, which do not know this run's secrets.
                    event = .failed(error.redacted(by: redactor))
                }
            }
        }
    }

    private func expectPermitted(_ permit: SendPermit) async throws(RecipeError) {
        do throws(ServerPilotError) { try await permit.check() } catch {
            throw permit.refusal.map(stop) ?? RecipeError(error, object: nil)
        }
    }

    private func finish(
        _ outcome: OutsideExecutor.Outcome, _ effect: OutsideEffect, began: Timestamp
    ) async throws(RecipeError) -> JSONValue {
        switch outcome {
        case .done(let value, let origin):
            // Count and report the change even if its outcome cannot be written: the intent is in the journal.
            defer { note(effect, began: began) }
            planning?.note(effect, value)
            following?.note(value, at: effect.step)
            let outcome = Entry.Outcome(.done(data: value, action: nil, by: origin), object: effect.object)
            await recorder.turn(try await commit(.outcome(effect.call, outcome)))
            return value
        case .refused(let failure): throw try await recorded(failure, of: effect)
        case .lost(let cause): throw try await recorded(effect.lostAnswer(cause), of: effect)
        case .undecided(let undecided):
            try await commit(Entry.Stop(undecided, object: effect.object), about: effect.call)
            throw stop(.undecided(undecided, call: effect.words, object: nil))
        }
    }

    /// Records a failure as the outcome.
    ///
    /// - Returns: the failure to throw.
    private func recorded(
        _ failure: RecipeError, of effect: OutsideEffect
    ) async throws(RecipeError) -> RecipeError {
        if failure.wasNotTaken { generated.refused(at: effect.step) }
        planning?.note(effect, nil, refusal: failure.message)
        following?.noteRefusal(at: effect.step)
        let outcome = Entry.Outcome(.failed(StepFailure(failure)), object: effect.object)
        await recorder.turn(try await commit(.outcome(effect.call, outcome)))
        return failure
    }

    private func replay(_ outcome: Entry.Outcome, of effect: OutsideEffect) throws(RecipeError) -> JSONValue {
        if let failure = outcome.failure.map(RecipeError.init) {
            if failure.wasNotTaken { generated.refused(at: effect.step) }
            following?.noteRefusal(at: effect.step)
            throw failure
        }
        let value = outcome.data ?? .null
        following?.note(value, at: effect.step)
        return value
    }
}
