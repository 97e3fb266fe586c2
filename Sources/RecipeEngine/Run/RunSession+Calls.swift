internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// Calls to the API as steps of the run: replayed from the record, or made and written down.
extension RunSession {
    /// Makes one call.
    ///
    /// A change that was begun is finished and written down even when the run is cancelled meanwhile: half a request
    /// helps nobody, and the reply holds the id of what now exists.
    ///
    /// - Parameters:
    ///   - operation: the operation.
    ///   - arguments: by wire name.
    ///   - scope: the call of the recipe.
    ///   - filter: of a list, the fields of what is wanted of it, where not all of it counts.
    ///   - manner: on whose account it is made.
    /// - Returns: the reply.
    /// - Throws: `RecipeError`.
    func call(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, at scope: StepScope,
        matching filter: JSONObject = [:], manner: CallManner = .asked
    ) async throws(RecipeError) -> Reply {
        for secret in operation.secrets(in: arguments) { learn(secret: secret) }
        if manner != .recovering, let need = operation.need { try scope.realm.check(need, for: "sp.\(operation.name)") }
        let step = scope.next()
        let digest = recorder.digest(arguments)
        if operation.changesAccount, manner != .recovering {
            do throws(RunStop) {
                try following?.check(step, operation.name, arguments, at: scope.site)
            } catch {
                throw stop(error)
            }
        }
        let recorded = try recorded(step, operation.name.rawValue, digest, scope.site)
        if operation.changesAccount, manner != .recovering,
            let (realm, limit) = scope.realm.count(operation.effect, in: step.coroutine)
        {
            throw stop(
                .passesLimit(
                    of: realm, effect: operation.effect, limit: limit, next: "sp.\(spoken(operation, arguments))"))
        }
        if let recorded, let result = recorded.result {
            await recorder.turn(step, operation.name.rawValue, at: scope.site)
            let reply = try replay(result, of: operation, arguments, step)
            noteAnswers(in: reply, of: PlanReading(operation.name, arguments, filter: filter), step, scope.site)
            return reply
        }
        guard operation.changesAccount else {
            await recorder.admit("sp.\(operation.name)", at: scope.site)
            guard !Task.isCancelled else { throw Self.cancelled(operation) }
            if recorder.takeDecision(about: step) != nil {
                throw await skipped(
                    JournalEntry(
                        .observed, step: step, operation: operation.name.rawValue, digest: digest, site: scope.site,
                        time: time.now))
            }
            let reading = PlanReading(operation.name, arguments, filter: filter)
            planning?.note(reading)
            let reply = try await read(operation, arguments, step, digest, scope.site)
            noteAnswers(in: reply, of: reading, step, scope.site)
            return reply
        }
        let isRecovered = recorded?.intent != nil
        let (executor, consent) = try await prepare(
            operation, arguments, recovering: recorded?.intent, at: step, site: scope.site, manner)
        guard isRecovered || !Task.isCancelled else { throw Self.cancelled(operation) }
        let effect = Effect(
            operation: operation, arguments: arguments, step: step, digest: digest, site: scope.site,
            realm: scope.realm, manner: manner, object: spokenName(arguments))
        return try await finished(
            step, "sp.\(spoken(operation, arguments))", at: scope.site, isRecovered: isRecovered, on: #isolation
        ) { () throws(RecipeError) in
            try await self.drive(executor, effect, consent)
        }.get()
    }

    /// A change that is about to be made, or to be made again: a new one is let through first, or the run is stopped.
    private func prepare(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, recovering intent: JournalEntry?, at step: StepID,
        site: String, _ manner: CallManner
    ) async throws(RecipeError) -> (EffectExecutor, DeletionConsent?) {
        var target = EffectTarget(operation, arguments)
        target.recreatesUnconnected = manner == .recreating
        let decision = recorder.takeDecision(about: step)
        if let intent {
            let executor = EffectExecutor(
                target, recovering: intent.body["before"]?.arrayValue?.compactMap(\.stringValue) ?? [],
                attempt: Int(clamping: intent.body["attempt"]?.integerValue ?? 1), decision: decision)
            return (executor, operation.effect == .delete ? consent(recordedIn: intent, at: step) : nil)
        }
        let isSkipped = decision?.choice == .skip
        // A deletion that was stopped before it was sent can be left out; otherwise it is asked for like any other.
        var executor = EffectExecutor(target, decision: operation.effect == .delete && !isSkipped ? nil : decision)
        try await begin("sp.\(spoken(operation, arguments))", at: site)
        guard manner != .recovering, !isSkipped else { return (executor, nil) }
        let consent = try await admit(operation, arguments, at: step)
        executor.isKnownToExist =
            operation.removesResource && arguments["id"]?.stringValue.flatMap(name(ofID:)) != nil
        return (executor, consent)
    }

    /// Something new waits for its time: until all that is recorded was given back.
    ///
    /// - Throws: `RecipeError` where the run was stopped meanwhile.
    func begin(_ words: String, at site: String) async throws(RecipeError) {
        await recorder.admit(words, at: site)
        if let reason = stopReason {
            throw RecipeError(code: reason.code, message: reason.message, hint: reason.hint)
        }
    }

    /// Drives a change to its end, in a task of its own, which a cancellation of the run does not reach.
    ///
    /// The task captures the actor that the call came from, and so runs there: the order of a run stays the same.
    ///
    /// - Parameters:
    ///   - step: its step.
    ///   - words: it, for people.
    ///   - site: the line of the recipe.
    ///   - isRecovered: whether it was begun in an earlier life of the run.
    ///   - actor: where it is called from.
    ///   - drive: drives it.
    /// - Returns: what came of it.
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

    /// What is recorded of a step.
    func recorded(
        _ step: StepID, _ operation: String, _ digest: String, _ site: String
    ) throws(RecipeError) -> RunRecord.Step? {
        do throws(RunStop) {
            return try recorder.take(step, operation: operation, digest: digest, site: site)
        } catch {
            throw stop(error)
        }
    }

    /// Notes what the reply says of what only time decides: a plan has branches for it.
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
        if operation.changesAccount, entry.body["failure"] != nil { following?.noteRefusal(at: step) }
        if let failure = RecordedFailure(entry.body["failure"]) {
            throw RecipeError(failure.error(of: operation.name), object: Self.name(of: arguments))
        }
        let recorded = operation.changesAccount ? entry.body["reply"] : entry.body["value"].map { ["data": $0] }
        let reply = Reply(
            data: recorded?["data"] ?? .null, actionID: recorded?["actionid"]?.stringValue.map { ActionID($0) })
        for secret in operation.secrets(inReply: reply.data) { learn(secret: secret) }
        noteApps(reply.data, of: operation.kind)
        if operation.changesAccount {
            if let id = entry.body["id"], let name = entry.body["object"] { noteName(["id": id, "name": name]) }
            generated.sends(arguments, at: step)
            following?.note(reply, at: step)
            noteOrigin(reply, of: operation, arguments, at: steady(entry.time), isEarlier: true)
        }
        return reply
    }

    private func read(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, _ step: StepID, _ digest: String, _ site: String
    ) async throws(RecipeError) -> Reply {
        var entry = JournalEntry(
            .observed, step: step, operation: operation.name.rawValue, digest: digest, site: site, time: time.now)
        switch await look(operation, arguments) {
        case .success(let data):
            entry.body["value"] = data
            noteApps(data, of: operation.kind)
            await recorder.turn(recorder.observe(entry))
            return Reply(data: data)
        case .failure(let error):
            let failure = await explained(RecordedFailure(error), operation, arguments)
            entry.body["failure"] = .object(failure.document)
            await recorder.turn(recorder.observe(entry))
            throw RecipeError(failure.error(of: operation.name), object: Self.name(of: arguments))
        }
    }

    /// Reads, without writing it down; what got no answer is asked again, since reading is harmless to repeat.
    ///
    /// - Returns: the data without what not even a recipe sees.
    func look(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject
    ) async -> Result<JSONValue, ServerPilotError> {
        var failures = 0
        while true {
            switch await send(operation, arguments) {
            case .success(let reply):
                for secret in operation.secrets(inReply: reply.data) { learn(secret: secret) }
                let data = operation.withoutHidden(reply.data)
                noteName(data)
                if case .list = operation.result { noteList(data, of: operation.name, arguments) }
                return .success(data)
            case .failure(let error):
                failures += 1
                let pause = max(limits.readPause, min(error.retryAfter ?? .zero, EffectLimits.coolingDown))
                guard error.delivery == .ambiguous, error.code != .cancelled, failures < limits.failedReads,
                    (try? await time.sleep(for: pause)) != nil
                else { return .failure(error) }
            }
        }
    }

    /// Sends one request, and counts it.
    ///
    /// - Parameters:
    ///   - operation: the operation.
    ///   - arguments: by wire name.
    ///   - permit: of a change, what is asked before each time that it is sent.
    /// - Returns: the reply, or why there is none.
    func send(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, _ permit: SendPermit? = nil
    ) async -> Result<Reply, ServerPilotError> {
        countCall()
        do throws(ServerPilotError) {
            // Only a run that is written down can lose its account; the copy of a plan makes calls without their bytes.
            guard let permit, recorder.isOn else { return .success(try await transport.call(operation, arguments)) }
            return .success(
                try await transport.call(operation, arguments) { () throws(ServerPilotError) in
                    try await permit.check()
                })
        } catch {
            // It is written down, and shown by others than this run, which know no secrets of it.
            return .failure(error.of(operation.name, redactor: redactor))
        }
    }

    /// Asks once how an action stands; a wait is written down as a whole.
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

    /// Writes down that a person left out something that changes nothing and has nothing to give.
    ///
    /// - Returns: the failure, to be thrown.
    func skipped(_ entry: JournalEntry) async -> RecipeError {
        let error = RecipeError(
            code: RecipeError.skipped,
            message: "\(JournalEntry.call(entry.operation)): left out by the decision of a person",
            operation: entry.operation, delivery: .rejected)
        var entry = entry
        entry.body["failure"] = .object(error.document)
        await recorder.turn(recorder.observe(entry))
        return error
    }

    private static func cancelled(_ operation: ServerPilot.Operation) -> RecipeError {
        RecipeError(
            ServerPilotError(
                code: .cancelled, message: "the run was stopped; nothing was sent", operation: operation.name,
                delivery: .notSent), object: nil)
    }

    /// The call as people read it, without `sp.`: `create_app acmesite`.
    private func spoken(_ operation: ServerPilot.Operation, _ arguments: JSONObject) -> String {
        "\(operation.name)\(spokenName(arguments).map { " \($0)" } ?? "")"
    }

    static func name(of arguments: JSONObject) -> String? { (arguments["name"] ?? arguments["id"])?.stringValue }
}
