internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// One call of a host function by a recipe; it numbers the steps of the call.
final class StepScope: Sendable {
    let session: RunSession
    /// The grants of the calling module.
    let realm: RecipeRealm
    /// The line of the recipe with the call.
    let site: String
    private let coroutine: String
    private let call: Int
    private let parts = Mutex(0)

    init(_ session: RunSession, _ call: LuaCall, _ realm: RecipeRealm) {
        self.session = session
        self.realm = realm
        site = call.site.text(for: session)
        coroutine = call.path.description
        self.call = call.number
    }

    /// Creates a scope for a function that returns at once and has one step.
    ///
    /// Such calls are counted for each function and coroutine, so an additional `sp.log` before them changes none of
    /// their ids.
    init(_ session: RunSession, _ arguments: LuaArguments, _ realm: RecipeRealm, of function: String) {
        self.session = session
        self.realm = realm
        site = arguments.site.text(for: session)
        coroutine = "\(arguments.coroutine)!\(function)"
        call = session.countImmediate(coroutine)
    }

    /// Creates a scope for steps of the host before the recipe runs; their ids have a name in place of a coroutine.
    init(_ session: RunSession, _ name: String, _ realm: RecipeRealm) {
        self.session = session
        self.realm = realm
        site = ""
        coroutine = name
        call = 1
    }

    /// Emits a warning with the call's line.
    func warn(_ text: String) { session.emit(.warned(text, at: LuaCallSite(site))) }

    /// Returns the id of the next step.
    func next() -> StepID {
        let part = parts.withLock { part in
            part += 1
            return part
        }
        return StepID(coroutine: coroutine, call: call, part: part)
    }

    /// Calls the API: the step is replayed, recovered or executed now.
    func call(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, matching filter: JSONObject = [:]
    ) async throws(RecipeError) -> Reply {
        try await session.call(operation, arguments, at: self, matching: filter)
    }

    /// Calls the API by the name of the operation.
    func call(
        _ name: ServerPilot.Operation.Name, _ arguments: JSONObject, matching filter: JSONObject = [:],
        manner: CallManner = .asked
    ) async throws(RecipeError) -> Reply {
        guard let operation = ServerPilot.Operation.named(name) else {
            throw RecipeError(code: "internal", message: "there is no operation '\(name)'")
        }
        return try await session.call(operation, arguments, at: self, matching: filter, manner: manner)
    }

    /// Makes a change outside the account as one step: it is replayed, recovered or executed now.
    ///
    /// The intent is durable before the change, and the outcome before this returns. A change that has started is
    /// finished and recorded even if the run is cancelled meanwhile.
    ///
    /// - Parameters:
    ///   - name: the function with its module, such as `http.post`.
    ///   - arguments: the values that identify the change on replay; they may contain secrets, since only a keyed
    ///     digest is written.
    ///   - object: the target as shown to people.
    ///   - recovery: the reaction to a lost reply.
    ///   - live: makes the change. If its failure has a `delivery` that excludes the change, that failure is the
    ///     outcome. If `delivery` is missing or ambiguous, `recovery` decides.
    /// - Returns: the reply.
    /// - Throws: `RecipeError`.
    func perform(
        _ name: String, _ arguments: JSONObject, object: String?, recovery: OutsideRecovery,
        _ live: @escaping @Sendable (OutsideAttempt) async throws(RecipeError) -> JSONValue
    ) async throws(RecipeError) -> JSONValue {
        try await session.perform(name, arguments, object: object, recovery: recovery, at: self, live)
    }

    /// Makes a call that changes nothing and takes time, such as a wait; its result is recorded as a whole.
    ///
    /// - Parameters:
    ///   - name: the operation or function.
    ///   - arguments: the values that identify the call on replay.
    ///   - object: outside the account, the target as shown to people.
    ///   - onReplay: receives the recorded entry if the call is replayed.
    ///   - skipped: the result if a person left the step out; `nil` if the step then fails.
    ///   - live: makes the call.
    /// - Returns: the result.
    /// - Throws: `RecipeError`, and the errors of `live`.
    func observe(
        _ name: String, _ arguments: JSONObject, object: String? = nil,
        onReplay: (JournalEntry) -> Void = { _ in }, skipped: JSONValue? = nil, _ live: () async throws -> JSONValue
    ) async throws -> JSONValue {
        let step = next()
        let digest = session.recorder.digest(arguments)
        let sent = JournalEntry.isOutside(name) ? session.generated.sends(arguments, at: step) : nil
        if let recorded = try session.recorded(step, name, digest, site) {
            await session.recorder.turn(step, name, at: site)
            recorded.result.map(onReplay)
            let value = try Self.value(recorded)
            if let object { note(DeclaredAnswer(operation: name, object: object, value: value)) }
            return value
        }
        await session.recorder.admit(JournalEntry.call(name), at: site)
        try Task.checkCancellation()
        var entry = JournalEntry(
            .observed, step: step, operation: name, digest: digest, site: site, time: session.time.now)
        if session.recorder.takeDecision(about: step) != nil {
            guard let skipped else { throw await session.skipped(entry) }
            entry.body = ["value": skipped, "by": .string(EffectOutcome.Origin.skipped.rawValue)]
            await session.recorder.turn(session.recorder.observe(entry))
            return skipped
        }
        entry.body["secrets"] = sent.map { .array($0.map { .string($0) }) }
        do {
            let value = try await live()
            if let object { note(DeclaredAnswer(operation: name, object: object, value: value)) }
            entry.body["value"] = value
            entry.time = session.time.now
            await session.recorder.turn(session.recorder.observe(entry))
            return value
        } catch let error as RecipeError {
            entry.body["failure"] = .object(error.document)
            await session.recorder.turn(session.recorder.observe(entry))
            throw error
        }
    }

    /// Makes a call that changes nothing and returns at once, such as reading the time.
    func observeNow(_ name: String, _ live: () -> JSONValue) throws(RecipeError) -> JSONValue {
        let step = next()
        if let recorded = try session.recorded(step, name, "", site) { return try Self.value(recorded) }
        // A run that follows a plan, and each trial of the recipe, use the random numbers of the plan.
        let drawn = session.following?.draw(at: step) ?? session.planning?.draw(at: step)
        let value = (name == "random" ? drawn : nil) ?? live()
        if name == "random" { session.planning?.note(draw: value, at: step) }
        session.recorder.observe(
            JournalEntry(
                .observed, step: step, operation: name, site: site, time: session.time.now, body: ["value": value]))
        return value
    }

    private func note(_ answer: DeclaredAnswer) {
        session.planning?.note(answer)
        session.following?.note(answer)
    }

    private static func value(_ recorded: RunRecord.Step) throws(RecipeError) -> JSONValue {
        if let error = RecipeError(document: recorded.result?.body["failure"]) { throw error }
        return recorded.result?.body["value"] ?? .null
    }
}

extension LuaCallSite {
    /// Returns the site as recorded, without secrets: a recipe can load text under a name that contains a secret.
    func text(for session: RunSession) -> String { line > 0 ? session.redactor.redact(description) : "" }
}
