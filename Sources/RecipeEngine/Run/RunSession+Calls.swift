internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// API calls as steps of the run: replayed from the record, or executed and recorded.
extension RunSession {
    /// Makes one call.
    ///
    /// A change that has started is finished and recorded even if the run is cancelled meanwhile. An aborted request
    /// helps no one, and the reply contains the id of the new resource.
    ///
    /// - Parameters:
    ///   - operation: the operation.
    ///   - arguments: the arguments by wire name.
    ///   - scope: the call of the recipe.
    ///   - filter: for a plan, the fields that list items must match to matter; empty means all items.
    ///   - manner: who requested the call.
    /// - Returns: the reply.
    /// - Throws: `RecipeError`.
    func call(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, at scope: StepScope,
        matching filter: JSONObject = [:], manner: CallManner = .asked
    ) async throws(RecipeError) -> Reply {
        for secret in operation.secrets(in: arguments) { learn(secret: secret) }
        if manner != .recovering, let need = operation.need { try scope.realm.check(need, for: "sp.\(operation.name)") }
        let call = scope.next(.own(operation.name.rawValue), arguments)
        let step = call.step
        if operation.changesAccount, manner != .recovering {
            do throws(RunStop) {
                try following?.check(step, operation.name, arguments, at: scope.site)
            } catch {
                throw stop(error)
            }
        }
        let recorded = try recorded(call, isChange: operation.changesAccount)
        if operation.changesAccount, manner != .recovering,
            let (realm, limit) = scope.realm.count(operation.effect, in: step.place)
        {
            throw stop(
                .passesLimit(
                    of: realm, effect: operation.effect, limit: limit, next: "sp.\(spoken(operation, arguments))"))
        }
        if let recorded, let result = recorded.result {
            await recorder.turn(call)
            let reply = try replay(result, of: operation, arguments, step)
            noteAnswers(in: reply, of: PlanReading(operation.name, arguments, filter: filter), step, scope.site)
            return reply
        }
        guard operation.changesAccount else {
            await recorder.admit("sp.\(operation.name)", at: scope.site)
            guard !Task.isCancelled else { throw Self.cancelled(operation) }
            if recorder.takeDecision(about: step) != nil {
                throw await skipped(call, at: time.now)
            }
            let reading = PlanReading(operation.name, arguments, filter: filter)
            planning?.note(reading)
            let reply = try await read(operation, arguments, call)
            noteAnswers(in: reply, of: reading, step, scope.site)
            return reply
        }
        let isRecovered = recorded?.intent != nil
        let (executor, consent) = try await prepare(
            operation, arguments, recovering: recorded?.intent?.intent, at: step, site: scope.site, manner)
        guard isRecovered || !Task.isCancelled else { throw Self.cancelled(operation) }
        let effect = Effect(
            operation: operation, arguments: arguments, call: call, realm: scope.realm, manner: manner,
            object: spokenName(arguments))
        return try await finished(
            step, "sp.\(spoken(operation, arguments))", at: scope.site, isRecovered: isRecovered, on: #isolation
        ) { () throws(RecipeError) in
            try await self.drive(executor, effect, consent)
        }.get()
    }

    /// Returns the executor of a change, and checks a new change first, which may stop the run.
    private func prepare(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, recovering intent: Entry.Intent?, at step: StepID,
        site: String, _ manner: CallManner
    ) async throws(RecipeError) -> (EffectExecutor, DeletionConsent?) {
        var target = EffectTarget(operation, arguments)
        target.recreatesUnconnected = manner == .recreating
        let decision = recorder.takeDecision(about: step)
        if let intent {
            let executor = EffectExecutor(
                target, recovering: intent.before, attempt: intent.attempt, decision: decision)
            return (executor, operation.effect == .delete ? consent(recordedIn: intent, at: step) : nil)
        }
        let isSkipped = decision?.choice == .skip
        // A person can leave out a deletion that was stopped before it was sent. Any other deletion needs a
        // confirmation.
        var executor = EffectExecutor(target, decision: operation.effect == .delete && !isSkipped ? nil : decision)
        try await begin("sp.\(spoken(operation, arguments))", at: site)
        guard manner != .recovering, !isSkipped else { return (executor, nil) }
        let consent = try await admit(operation, arguments, at: step)
        executor.isKnownToExist =
            operation.removesResource && arguments["id"]?.stringValue.flatMap(name(ofID:)) != nil
        return (executor, consent)
    }

    /// Delays a new step until the whole record has been delivered.
    ///
    /// - Throws: `RecipeError` if the run was stopped meanwhile.
    func begin(_ words: String, at site: String) async throws(RecipeError) {
        await recorder.admit(words, at: site)
        if let reason = stopReason {
            throw RecipeError(code: reason.code, message: reason.message, hint: reason.hint)
        }
    }

    /// Drives a change to its end in a separate task, which a cancellation of the run does not reach.
    ///
    /// The task captures the actor of the caller and runs there, so the order of the run stays the same.
    ///
    /// - Parameters:
    ///   - step: the step of the change.
    ///   - words: a description of the change for people.
    ///   - site: the line of the recipe.
    ///   - isRecovered: whether an earlier execution of the run started the change.
    ///   - actor: the actor of the caller.
    ///   - drive: drives the change.
    /// - Returns: the result of the change.
    func finished<Value: Sendable>(
        _ step: StepID, _ words: String, at site: String, isRecovered: Bool, on actor: isolated (any Actor)?,
        _ drive: @escaping @Sendable () async throws(RecipeError) -> Value
    ) async -> Result<Value, RecipeError> {
        await Task { () -> Result<Value, RecipeError> in
            await withTaskExecutorPreference((actor as? LuaHost)?.taskExecutor) {
                do throws(RecipeError) {
                    if isRecovered {
                        self.recorder.reached(step)
                        try await self.begin(words, at: site)
                    }
                    return .success(try await drive())
                } catch {
                    return .failure(error)
                }
            }
        }.value
    }

    /// Takes the record of a step; stops the run if a different call is recorded there.
    func recorded(_ call: StepCall, isChange: Bool) throws(RecipeError) -> RunRecord.Step? {
        do throws(RunStop) { return try recorder.take(call, isChange: isChange) } catch { throw stop(error) }
    }

    /// Notes the reply's facts that only time decides, since a plan has branches for them.
    private func noteAnswers(in reply: Reply, of reading: PlanReading, _ step: StepID, _ site: String) {
        guard planning != nil || following != nil, let operation = ServerPilot.Operation.named(reading.operation),
            !operation.changesAccount, let fact = TimedFact.about(operation.kind)
        else { return }
        let answers = reading.wanted(in: reply.data).compactMap { resource in
            TimedSubject(of: resource, operation.kind).map {
                PlanAnswer($0, site: site, holds: fact.holds(for: resource) ?? false)
            }
        }
        planning?.note(answers, in: step.line)
        following?.note(answers)
    }

    private func replay(
        _ entry: JournalEntry, of operation: ServerPilot.Operation, _ arguments: JSONObject, _ step: StepID
    ) throws(RecipeError) -> Reply {
        if let failure = entry.failure {
            if operation.changesAccount { following?.noteRefusal(at: step) }
            throw RecipeError(RecordedFailure(failure).error(of: operation.name), object: Self.name(of: arguments))
        }
        let reply = Reply(
            data: entry.outcome?.data ?? entry.observation?.value ?? .null,
            actionID: entry.outcome?.action.map { ActionID($0) })
        for secret in operation.secrets(inReply: reply.data) { learn(secret: secret) }
        noteApps(reply.data, of: operation.kind)
        if operation.changesAccount {
            if let id = entry.id, let name = entry.object { noteName(["id": .string(id), "name": .string(name)]) }
            generated.sends(arguments, at: step)
            following?.note(reply, at: step)
            noteOrigin(reply, of: operation, arguments, at: steady(entry.time), isEarlier: true)
        }
        return reply
    }

    private func read(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, _ call: StepCall
    ) async throws(RecipeError) -> Reply {
        let began = time.now
        switch await look(operation, arguments) {
        case .success(let data):
            noteApps(data, of: operation.kind)
            await observe(call, Entry.Observation(.value(data)), at: began)
            return Reply(data: data)
        case .failure(let error):
            let failure = await explained(RecordedFailure(error), operation, arguments)
            await observe(call, Entry.Observation(.failed(StepFailure(failure))), at: began)
            throw RecipeError(failure.error(of: operation.name), object: Self.name(of: arguments))
        }
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
                return min(error.retryAfter ?? .zero, EffectLimits.coolingDown)
            } read: { () throws(ServerPilotError) in
                try await send(operation, arguments).get()
            }
            for secret in operation.secrets(inReply: reply.data) { learn(secret: secret) }
            let data = operation.withoutHidden(reply.data)
            noteName(data)
            if case .list = operation.result { noteList(data, of: operation.name, arguments) }
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
        countCall()
        do throws(ServerPilotError) {
            // Only a run with a journal can lose its account. The copy of a plan executes calls without encoding
            // requests.
            guard let permit, recorder.isOn else { return .success(try await transport.call(operation, arguments)) }
            return .success(
                try await transport.call(operation, arguments) { () throws(ServerPilotError) in
                    try await permit.check()
                })
        } catch {
            // The error is recorded and later shown by other processes, which do not know this run's secrets.
            return .failure(error.of(operation.name, redactor: redactor))
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

    /// Records that a person left out a step that changes nothing and has no default result.
    ///
    /// - Returns: the failure to throw.
    func skipped(_ call: StepCall, at began: Timestamp) async -> RecipeError {
        let error = RecipeError(
            code: RecipeError.skipped,
            message: "\(call.call.words): left out by the decision of a person", operation: call.call.name,
            delivery: .rejected)
        await observe(call, Entry.Observation(.failed(StepFailure(error))), at: began)
        return error
    }

    /// Records an observation and waits for its turn.
    func observe(_ call: StepCall, _ observation: Entry.Observation, at time: Timestamp) async {
        await recorder.turn(recorder.observe(JournalEntry(.observed(call, observation), at: time)))
    }

    private static func cancelled(_ operation: ServerPilot.Operation) -> RecipeError {
        RecipeError(
            ServerPilotError(
                code: .cancelled, message: "the run was stopped; nothing was sent", operation: operation.name,
                delivery: .notSent), object: nil)
    }

    /// Returns the call as shown to people, without `sp.`: `create_app acmesite`.
    private func spoken(_ operation: ServerPilot.Operation, _ arguments: JSONObject) -> String {
        "\(operation.name)\(spokenName(arguments).map { " \($0)" } ?? "")"
    }

    static func name(of arguments: JSONObject) -> String? { (arguments["name"] ?? arguments["id"])?.stringValue }
}
