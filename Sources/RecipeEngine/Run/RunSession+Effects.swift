internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// A change of the account, as one step of the run.
struct Effect: Sendable {
    let operation: ServerPilot.Operation
    let arguments: JSONObject
    /// The step, with the operation.
    let call: StepCall
    /// The module that makes the change.
    let realm: RecipeRealm
    let manner: CallManner
    /// The name of the resource, or its id if no name is known.
    let object: String?

    var step: StepID { call.step }
    var site: String { call.site }
    /// The id of the resource, which is recorded because a later lookup or an undo cannot rely on a name.
    var id: String? { arguments["id"]?.stringValue }

    /// Whether it deletes the record of a server that never connected, which is checked again right before sending.
    var mustBeUnused: Bool { operation.name == "delete_server" && (manner == .replacing || manner == .recovering) }

    func intent(
        _ evidence: Entry.Intent.Evidence, attempt: Int, falls: [String]? = nil, secrets: [String]? = nil
    ) -> Entry {
        .intent(
            call,
            Entry.Intent(evidence, attempt: attempt, falls: falls, secrets: secrets, object: object, id: id))
    }

    func outcome(_ result: Entry.Outcome.Result) -> Entry {
        .outcome(call, Entry.Outcome(result, object: object, id: id))
    }

}

extension RunSession {
    /// Performs the executor's actions until it finishes.
    func drive(
        _ executor: EffectExecutor, _ effect: Effect, _ consent: DeletionConsent?
    ) async throws(RecipeError) -> Reply {
        var (executor, consent) = (executor, consent)
        let began = time.steady
        var event = EffectExecutor.Event.began
        var permit = SendPermit(recorder, time, asked: began)
        let carried = generated.sends(effect.arguments, at: effect.step)
        // `EffectLimits` bounds every loop of the executor.
        while true {
            switch executor.handle(event) {
            case .finish(let outcome):
                return try await finish(outcome, effect, began: began, after: executor.lastFailure)
            case .pause(let pause):
                // Pause even while the run is being stopped: the executor must find out whether the change was made.
                try? await time.sleep(for: pause)
                event = .slept
            case .look(let look) where executor.state == .lookingBefore:
                if case .list(let listing, let path) = look {
                    planning?.note(PlanReading(listing, path, filter: executor.target.key))
                }
                event = await seen(look, fresh: false, executor.target)
            case .look(let look): event = await seen(look, fresh: true, executor.target)
            case .writeIntent(let before, let attempt):
                var falls: [String]?
                if effect.mustBeUnused { try await expectUnused(effect) }
                if let given = consent {
                    let checked = try await check(given, effect, wasSent: executor.wasAmbiguous)
                    falls = checked.falls
                    consent = checked
                }
                let evidence = Entry.Intent.Evidence.lookup(key: executor.target.key, before: before)
                permit = try await commitIntent(
                    effect.intent(evidence, attempt: attempt, falls: falls, secrets: carried))
                event = .written
            case .send: event = try await sent(effect.operation, effect.arguments, permit)
            case .deleteServer(let id): event = try await deleteUnconnected(id, executor, effect)
            }
        }
    }

    /// Commits an intent.
    ///
    /// - Returns: the permit to send its request.
    func commitIntent(_ intent: Entry) async throws(RecipeError) -> SendPermit {
        let permit = SendPermit(recorder, time, asked: time.steady)
        try await commit(intent)
        return permit
    }

    /// Sends the request of a change; all changes of the account go through this function.
    ///
    /// - Throws: `RecipeError` if the permit was refused: the request was not sent, and the run is stopped.
    func sent(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, _ permit: SendPermit
    ) async throws(RecipeError) -> EffectExecutor.Event {
        let result = await send(operation, arguments, permit)
        if let refusal = permit.refusal { throw stop(refusal) }
        switch result {
        case .success(let reply): return .replied(reply)
        case .failure(let error): return .failed(RecordedFailure(error))
        }
    }

    private func seen(
        _ look: EffectTarget.Look, fresh: Bool, _ target: EffectTarget
    ) async -> EffectExecutor.Event {
        let (name, arguments): (ServerPilot.Operation.Name, JSONObject)
        switch look {
        case .list(let listing, let path): (name, arguments) = (listing, path)
        case .read(let reading, let path): (name, arguments) = (reading, path)
        case .none: return .seen([])
        }
        // Before the first request, a recent list suffices if no two resources share the key.
        if !fresh, target.isUnique, let known = recentList(name, arguments) { return .seen(known) }
        guard let operation = ServerPilot.Operation.named(name) else { return .seen([]) }
        switch await self.look(operation, arguments) {
        case .success(let data): return .seen(data.arrayValue ?? [data])
        case .failure(let error): return .lookFailed(RecordedFailure(error))
        }
    }

    private func finish(
        _ outcome: EffectOutcome, _ effect: Effect, began: Timestamp, after failure: RecordedFailure? = nil
    ) async throws(RecipeError) -> Reply {
        let operation = effect.operation
        switch outcome {
        case .done(let reply, let origin):
            for secret in operation.secrets(inReply: reply.data) { learn(secret: secret) }
            let kept = Reply(data: operation.withoutHidden(reply.data), actionID: reply.actionID)
            // Count and report the change even if its outcome cannot be written: the intent is in the journal.
            defer { if origin != .skipped { note(kept, of: operation, effect.arguments, sent: began) } }
            noteApps(kept.data, of: operation.kind)
            planning?.note(effect, reply)
            following?.note(kept, at: effect.step)
            let ticket = try await commit(
                effect.outcome(.done(data: kept.data, action: kept.actionID?.rawValue, by: origin)))
            if origin == .adopted {
                emit(.warned(Self.adoption(effect, after: failure), at: LuaCallSite(effect.site)))
            }
            await recorder.turn(ticket)
            return kept
        case .refused(let answer):
            let failure = await explained(answer, operation, effect.arguments)
            generated.refused(at: effect.step)
            planning?.note(effect, nil, refusal: failure.message)
            following?.noteRefusal(at: effect.step)
            let ticket = try await commit(effect.outcome(.failed(StepFailure(failure))))
            await recorder.turn(ticket)
            throw refusal(failure, effect)
        case .undecided(let undecided):
            throw try await stop(undecided, effect)
        case .unfinished(let failure): throw stop(.unfinished(failure, operation: operation.name))
        }
    }

    /// Returns the error for a refusal; if the name is taken, it includes what an earlier run left unfinished under
    /// that name.
    private func refusal(_ failure: RecordedFailure, _ effect: Effect) -> RecipeError {
        let error = failure.error(of: effect.operation.name)
        guard error.code == .conflict,
            let work = failedWork.first(where: { $0.operation == effect.operation.name && $0.object == effect.object })
        else { return RecipeError(error, object: effect.object) }
        return RecipeError(work, of: "sp.\(effect.operation.name)", status: error.status)
    }

    /// Returns a warning that says how the engine knows that a change was made although no reply says so.
    private static func adoption(_ effect: Effect, after failure: RecordedFailure?) -> String {
        let operation = effect.operation
        let call = "sp.\(operation.name)\(effect.object.map { " \($0)" } ?? "")"
        let wait = operation.queues == .never ? "" : ". Its action id is unknown, so sp.wait returns at once"
        switch failure {
        case let failure? where failure.code == ServerPilotError.Code.notFound.rawValue && operation.effect == .delete:
            return "\(call): it is gone already"
        case let failure? where failure.delivery != .ambiguous:
            return "\(call): the API refused it (\(failure.message)), and it was done all the same\(wait)"
        default: return "\(call): no reply arrived, but the change was made\(wait)"
        }
    }

    /// Records that a person must decide about a change of the account, and stops the run.
    ///
    /// - Parameters:
    ///   - undecided: the question.
    ///   - effect: the change.
    ///   - falls: before a deletion, the ids that would be deleted with the resource.
    /// - Returns: the failure to throw.
    /// - Throws: `RecipeError` if the question could not be written.
    func stop(
        _ undecided: Undecided, _ effect: Effect, falls: [String]? = nil
    ) async throws(RecipeError) -> RecipeError {
        let question = Entry.Stop(undecided, falls: falls, object: effect.object, id: effect.id)
        try await commit(question, about: effect.call)
        return stop(.undecided(undecided, call: effect.call.call.words, object: effect.object))
    }

    /// Commits a question; if several steps stop at once, only the first is reported, and a decision applies to it.
    func commit(_ question: Entry.Stop, about call: StepCall) async throws(RecipeError) {
        var question = question
        question.isReported = stopReason == nil
        try await commit(.stopped(call, question))
    }

    /// Commits an entry, or stops the run if it cannot be written.
    ///
    /// - Returns: the ticket of an outcome's turn.
    @discardableResult
    func commit(_ entry: Entry) async throws(RecipeError) -> Int? {
        do throws(RunStop) {
            return try await recorder.commit(JournalEntry(entry, at: time.now))
        } catch {
            throw stop(error)
        }
    }
}

extension Entry.Stop {
    /// Creates the question about a change that the engine cannot decide.
    init(_ undecided: Undecided, falls: [String]? = nil, object: String?, id: String? = nil) {
        self.init(
            reason: undecided.reason, candidates: undecided.candidates, choices: undecided.choices, falls: falls,
            object: object, id: id)
    }
}
