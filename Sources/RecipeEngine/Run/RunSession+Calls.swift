internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

/// Calls of the account's API.
extension RunSession {
    /// Returns a call as people read it: `sp.create_app shop`.
    func words(of operation: ServerPilot.Operation, _ arguments: JSONObject) -> String {
        "sp.\(operation.name)\(knowledge.spokenName(arguments).map { " \($0)" } ?? "")"
    }

    /// Makes a change of the account: it is replayed, recovered or made now.
    func change(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, _ call: StepCall, _ scope: StepScope,
        _ requester: CallRequester
    ) async throws(RecipeError) -> Reply {
        if requester != .engine {
            try follow(PlannedChange(step: call.step, operation: operation.name, arguments: arguments, site: call.site))
        }
        let recorded = try taken(call, isChange: true)
        if requester != .engine, let (realm, limit) = scope.realm.count(operation.effect, in: call.step.place) {
            let next = words(of: operation, arguments)
            throw stop(.passesLimit(of: realm, effect: operation.effect, limit: limit, next: next))
        }
        if let result = recorded?.result {
            await steps.turn(call)
            return try replay(result, of: operation, arguments, call.step)
        }
        var decision = steps.takeDecision(about: call.step)
        let isSkipped = decision?.choice == .skip
        // A person can leave out a deletion that was stopped before it was sent. Any other deletion needs a
        // confirmation.
        if recorded == nil, operation.effect == .delete, !isSkipped { decision = nil }
        let consent = try await consent(
            operation, arguments, call, after: recorded, isNeeded: requester != .engine && !isSkipped)
        guard recorded != nil || !Task.isCancelled else { throw Self.cancelled(operation) }
        let change = AccountChange(operation, arguments, call, in: scope, requester: requester, consent: consent)
        let reply = try await make(change, after: recorded, decision: decision) { refusal($0, change) }
        return Reply(reply)
    }

    /// Checks a new change, which may stop the run, and returns the consent to a deletion.
    private func consent(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, _ call: StepCall, after recorded: RecordedStep?,
        isNeeded: Bool
    ) async throws(RecipeError) -> DeletionConsent? {
        if let intent = recorded?.intent?.intent {
            return operation.effect == .delete ? consent(recordedIn: intent, at: call.step) : nil
        }
        try await begin(words(of: operation, arguments), at: call.site)
        return isNeeded ? try await admit(operation, arguments, at: call.step) : nil
    }

    /// Returns the error of a refusal; if the name is taken, it includes what an earlier run left unfinished under
    /// that name.
    private func refusal(_ failure: StepFailure, _ change: AccountChange) -> RecipeError {
        let operation = change.operation.name
        guard failure.details == nil, failure.code == ServerPilotError.Code.conflict.rawValue,
            let work = surroundings.failedWork.first(where: { $0.operation == operation && $0.object == change.object })
        else { return RecipeError(failure, of: operation, object: change.object) }
        return RecipeError(work, of: "sp.\(operation)", status: failure.status)
    }

    /// Notes the reply's facts that only time decides, since a plan has branches for them.
    private func noteAnswers(in data: JSONValue, of reading: PlanReading, _ call: StepCall) {
        guard planning != nil || following != nil, let operation = ServerPilot.Operation.named(reading.operation),
            let fact = TimedFact.about(operation.kind)
        else { return }
        let answers = reading.wanted(in: data).compactMap { resource in
            TimedSubject(of: resource, operation.kind).map {
                PlanAnswer($0, site: call.site, holds: fact.holds(for: resource) ?? false)
            }
        }
        planning?.note(answers, in: call.step.line)
        following?.note(answers)
    }

    private func replay(
        _ entry: JournalEntry, of operation: ServerPilot.Operation, _ arguments: JSONObject, _ step: StepID
    ) throws(RecipeError) -> Reply {
        if let failure = entry.failure {
            following?.noteRefusal(at: step)
            throw RecipeError(failure, of: operation.name, object: AccountKnowledge.name(in: arguments))
        }
        let reply = ChangeReply(entry.outcome?.data ?? .null, action: entry.outcome?.action)
        for secret in operation.secrets(inReply: reply.data) { output.learn(secret: secret) }
        knowledge.noteApps(reply.data, of: operation.kind)
        if let id = entry.id, let name = entry.object {
            knowledge.noteName(["id": .string(id), "name": .string(name)])
        }
        generated.sends(arguments, at: step)
        following?.note(reply, at: step)
        knowledge.noteChange(Reply(reply), of: operation, arguments, at: knowledge.steady(entry.time), isEarlier: true)
        return Reply(reply)
    }

    /// Reads from the account: the read is replayed, or made now.
    func read(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, _ call: StepCall, matching filter: JSONObject
    ) async throws(RecipeError) -> Reply {
        let reading = PlanReading(operation.name, arguments, filter: filter)
        do {
            let data = try await observe(call) {
                planning?.note(reading)
                do throws(ServerPilotError) { return try await look(operation, arguments).get() } catch {
                    throw await explained(StepFailure(error), operation, arguments)
                }
            }
            for secret in operation.secrets(inReply: data) { output.learn(secret: secret) }
            knowledge.noteApps(data, of: operation.kind)
            noteAnswers(in: data, of: reading, call)
            return Reply(data: data)
        } catch let failure as StepFailure {
            throw RecipeError(failure, of: operation.name, object: AccountKnowledge.name(in: arguments))
        } catch let error as RecipeError {
            throw error
        } catch {
            throw Self.cancelled(operation)
        }
    }

    /// Reads from the account without a step.
    func read(_ operation: ServerPilot.Operation, _ arguments: JSONObject) async throws(RecipeError) -> JSONValue {
        try await look(operation, arguments)
            .mapError { RecipeError($0, object: AccountKnowledge.name(in: arguments)) }.get()
    }

    /// Reads the resources that a lookup needs; empty if nothing shows them.
    ///
    /// - Parameters:
    ///   - way: the list, or the single resource.
    ///   - key: if not `nil`, what the run knows without a read suffices, and other resources may be left out.
    /// - Returns: the resources.
    /// - Throws: `ServerPilotError`.
    func things(
        _ way: AccountLookup.Look, knownBy key: JSONObject?
    ) async throws(ServerPilotError) -> [JSONValue] {
        let (name, arguments): (ServerPilot.Operation.Name, JSONObject)
        switch way {
        case .list(let listing, let path): (name, arguments) = (listing, path)
        case .read(let reading, let path): (name, arguments) = (reading, path)
        case .none: return []
        }
        if let key, arguments.isEmpty, let known = knowledge.candidates(name, key) { return known }
        guard let operation = ServerPilot.Operation.named(name) else { return [] }
        let data = try await look(operation, arguments).get()
        return data.arrayValue ?? [data]
    }

    /// Reads without recording; repeats a read that got no reply, since reads are safe to repeat.
    ///
    /// - Returns: the data without the fields that are hidden even from recipes.
    func look(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject
    ) async -> Result<JSONValue, ServerPilotError> {
        do throws(ServerPilotError) {
            let reply = try await repeated { error in
                guard error.delivery == .ambiguous, error.code != .cancelled else { return nil }
                return min(error.retryAfter ?? .zero, ChangeLimits.coolingDown)
            } read: { () throws(ServerPilotError) in
                try await knowledge.reads.read(operation.name, arguments) { await send(operation, arguments) }.get()
            }
            for secret in operation.secrets(inReply: reply.data) { output.learn(secret: secret) }
            let data = operation.withoutHidden(reply.data)
            knowledge.noteName(data)
            if case .list = operation.result, arguments.isEmpty, case .array(let things) = data {
                warnOfOrdinarySecrets(in: things)
                knowledge.noteList(things, of: operation.name)
            }
            return .success(data)
        } catch {
            return .failure(error)
        }
    }

    /// Repeats a read that got no reply, at most `RunLimits.failedReads` times in all.
    ///
    /// - Parameters:
    ///   - pause: returns the pause that the API asks for after a failure; `nil` if another read would fail too.
    ///   - read: reads once.
    /// - Returns: what was read.
    /// - Throws: the last failure.
    func repeated<Value, Failure: Error>(
        pause: (Failure) -> Duration?, read: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        var failures = 0
        while true {
            do throws(Failure) {
                return try await read()
            } catch {
                failures += 1
                guard let wanted = pause(error), failures < limits.failedReads,
                    (try? await time.sleep(for: max(limits.readPause, wanted))) != nil
                else { throw error }
            }
        }
    }

    /// Sends one request and counts it.
    ///
    /// - Parameters:
    ///   - operation: the operation.
    ///   - arguments: the arguments by wire name.
    ///   - permit: for a change, the permit to check before each time that it is sent.
    /// - Returns: the reply, or the reason why there is none.
    func send(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, _ permit: SendPermit? = nil
    ) async -> Result<Reply, ServerPilotError> {
        tally.countCall()
        return await RequestLane.$current.withValue(RunningCall.current?.lane ?? RequestLane.current) {
            await sent(operation, arguments, permit)
        }
    }

    private func sent(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, _ permit: SendPermit?
    ) async -> Result<Reply, ServerPilotError> {
        do throws(ServerPilotError) {
            // Only a run with a journal can lose its account. The copy of a plan executes calls without encoding
            // requests.
            guard let permit, steps.isOn else {
                return .success(try await services.transport.call(operation, arguments))
            }
            return .success(
                try await services.transport.call(operation, arguments) { () throws(ServerPilotError) in
                    do throws(StepStop) { try await permit.check() } catch {
                        throw ServerPilotError(
                            code: .cancelled, message: RunStop(error).message, delivery: .notSent)
                    }
                })
        } catch {
            // The error is recorded and later shown by other processes, which do not know this run's secrets.
            return .failure(error.of(operation.name, redactor: redactor))
        }
    }

    /// Sends the request of a change, as `DurableChange.send` needs it.
    func sendChange(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, _ permit: SendPermit
    ) async throws(SendFailure) -> ChangeReply {
        let outcome = await send(operation, arguments, permit)
        knowledge.reads.happened()
        switch outcome {
        case .success(let reply): return ChangeReply(reply.data, action: reply.actionID?.rawValue)
        case .failure(let error): throw SendFailure(StepFailure(error), retryAfter: error.retryAfter)
        }
    }

    /// Polls an action once, without recording it: only the whole wait is recorded.
    func poll(
        _ id: ActionID
    ) async throws(RecipeError) -> JSONValue {
        guard let operation = ServerPilot.Operation.named("action") else { return .null }
        let arguments: JSONObject = ["id": .string(id.rawValue)]
        switch await send(operation, arguments) {
        case .success(let reply): return reply.data
        case .failure(let error): throw RecipeError(error, object: id.rawValue)
        }
    }

    private static func cancelled(_ operation: ServerPilot.Operation) -> RecipeError {
        RecipeError(
            ServerPilotError(
                code: .cancelled, message: "the run was stopped. Nothing was sent", operation: operation.name,
                delivery: .notSent), object: nil)
    }

}
