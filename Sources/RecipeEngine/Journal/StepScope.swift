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
    private let place: Place
    private let call: Int
    private let parts = Mutex(0)

    init(_ session: RunSession, _ call: LuaCall, _ realm: RecipeRealm) {
        self.session = session
        self.realm = realm
        site = call.site.text(for: session)
        place = .coroutine(CoroutinePath(call.path))
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
        place = .immediate(function, in: CoroutinePath(arguments.coroutine))
        call = session.countImmediate(place)
    }

    /// Creates a scope for the lookups of parameters of one kind, before the recipe runs.
    init(_ session: RunSession, parameters kind: ResourceKind, _ realm: RecipeRealm) {
        self.session = session
        self.realm = realm
        site = ""
        place = .parameters("\(kind)")
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
        return StepID(place, call: call, part: part)
    }

    /// Returns the next step as a call, with the digest of its arguments.
    func next(_ call: Call, _ arguments: JSONObject) -> StepCall {
        StepCall(next(), call, digest: session.recorder.digest(arguments), site: site)
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
    ///   - call: the operation or function.
    ///   - arguments: the values that identify the call on replay.
    ///   - object: outside the account, the target as shown to people.
    ///   - onReplay: receives the recorded entry if the call is replayed.
    ///   - skipped: the result if a person left the step out; `nil` if the step then fails.
    ///   - live: makes the call.
    /// - Returns: the result.
    /// - Throws: `RecipeError`, and the errors of `live`.
    func observe(
        _ call: Call, _ arguments: JSONObject, object: String? = nil,
        onReplay: (Entry.Observation, Timestamp) -> Void = { _, _ in }, skipped: JSONValue? = nil,
        _ live: () async throws -> JSONValue
    ) async throws -> JSONValue {
        let (name, call) = (call.name, next(call, arguments))
        let sent = call.call.isOutside ? session.generated.sends(arguments, at: call.step) : nil
        if let recorded = try session.recorded(call, isChange: false) {
            await session.recorder.turn(call)
            if let entry = recorded.result, let observation = entry.observation { onReplay(observation, entry.time) }
            let value = try Self.value(recorded)
            if let object { note(DeclaredAnswer(operation: name, object: object, value: value)) }
            return value
        }
        await session.recorder.admit(call.call.words, at: site)
        try Task.checkCancellation()
        let began = session.time.now
        if session.recorder.takeDecision(about: call.step) != nil {
            guard let skipped else { throw await session.skipped(call, at: began) }
            await session.observe(call, Entry.Observation(.skipped(skipped)), at: began)
            return skipped
        }
        do {
            let value = try await live()
            if let object { note(DeclaredAnswer(operation: name, object: object, value: value)) }
            await session.observe(call, Entry.Observation(.value(value), secrets: sent), at: session.time.now)
            return value
        } catch let error as RecipeError {
            await session.observe(call, Entry.Observation(.failed(StepFailure(error)), secrets: sent), at: began)
            throw error
        }
    }

    /// Makes a call that changes nothing and returns at once, such as reading the time.
    func observeNow(_ name: String, _ live: () -> JSONValue) throws(RecipeError) -> JSONValue {
        let call = StepCall(next(), .own(name), site: site)
        let step = call.step
        if let recorded = try session.recorded(call, isChange: false) { return try Self.value(recorded) }
        // A run that follows a plan, and each trial of the recipe, use the random numbers of the plan.
        let drawn = session.following?.draw(at: step) ?? session.planning?.draw(at: step)
        let value = (name == "random" ? drawn : nil) ?? live()
        if name == "random" { session.planning?.note(draw: value, at: step) }
        session.recorder.observe(JournalEntry(.observed(call, Entry.Observation(.value(value))), at: session.time.now))
        return value
    }

    private func note(_ answer: DeclaredAnswer) {
        session.planning?.note(answer)
        session.following?.note(answer)
    }

    private static func value(_ recorded: RunRecord.Step) throws(RecipeError) -> JSONValue {
        if let failure = recorded.result?.failure { throw RecipeError(failure) }
        return recorded.result?.observation?.value ?? .null
    }
}

extension CoroutinePath {
    fileprivate init(_ path: LuaCoroutinePath) {
        self.init(path.steps.map { Level(call: $0.call, batch: $0.batch, index: $0.index) })
    }
}

extension LuaCallSite {
    /// Returns the site as recorded, without secrets: a recipe can load text under a name that contains a secret.
    func text(for session: RunSession) -> String { line > 0 ? session.redactor.redact(description) : "" }
}
