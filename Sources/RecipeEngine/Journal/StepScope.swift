internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot
internal import Synchronization

/// One call of a host function by a recipe; it numbers the steps of the call.
final class StepScope: Sendable {
    let session: RunSession
    /// The grants of the calling module.
    let realm: RecipeRealm
    /// The line of the recipe with the call.
    let site: String
    /// Whether the call only looks for the result of a change, so that it is no step of the run.
    let isLook: Bool
    private let place: Place
    /// Lets other items of `sp.each` go first.
    private let giveWay: @Sendable () async -> Void
    private let call: Int
    private let parts = Mutex(0)

    init(_ session: RunSession, _ call: LuaCall, _ realm: RecipeRealm) {
        self.session = session
        self.realm = realm
        site = call.site.text(for: session)
        place = .coroutine(CoroutinePath(call.path))
        giveWay = { await call.giveWay() }
        isLook = session.isLooking(in: place)
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
        giveWay = {}
        call = session.countImmediate(place)
        isLook = session.isLooking(in: place)
    }

    /// Creates a scope for the lookups of parameters of one kind, before the recipe runs.
    init(_ session: RunSession, parameters kind: ResourceKind, _ realm: RecipeRealm) {
        self.session = session
        self.realm = realm
        site = ""
        place = .parameters("\(kind)")
        giveWay = {}
        isLook = false
        call = 1
    }

    /// Emits a warning with the call's line.
    func warn(_ text: String) { session.output.emit(.warned(text, at: LuaCallSite(site))) }

    /// Returns the id of the next step.
    func next() -> StepID { StepID(place, call: call, part: parts.withLock { $0.increment() }) }

    /// Returns the next step as a call, with the digest of its arguments.
    func next(_ call: Call, _ arguments: JSONObject) -> StepCall {
        StepCall(next(), call, digest: session.steps.digest(arguments), site: site)
    }

    /// Waits for the turn of each recorded failure of a step that is made again.
    ///
    /// The failure may have ended an item of `sp.each` with `collect`, so that the next item started. The next item starts
    /// at the same turn now, and this item goes on behind all others.
    func turnOfFailures(_ call: StepCall) async { await session.steps.turnOfFailures(call) { await giveWay() } }

    /// Calls the API: the step is replayed, recovered or executed now.
    ///
    /// A change that has started is finished and recorded even if the run is cancelled meanwhile.
    ///
    /// - Parameters:
    ///   - operation: the operation.
    ///   - arguments: the arguments by wire name.
    ///   - filter: for a plan, the fields that list items must match to matter; empty means all items.
    ///   - requester: who requested the call.
    /// - Returns: the reply.
    /// - Throws: `RecipeError`.
    func call(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, matching filter: JSONObject = [:],
        requester: CallRequester = .recipe
    ) async throws(RecipeError) -> Reply {
        for secret in operation.secrets(in: arguments) { session.output.learn(secret: secret) }
        if requester != .engine, let need = operation.need { try realm.check(need, for: "sp.\(operation.name)") }
        if operation.changesAccount { try session.expectNoLook(self, "sp.\(operation.name)") }
        RunningCall.current?.waits(for: session.words(of: operation, arguments))
        guard !isLook else { return Reply(data: try await session.read(operation, arguments)) }
        let call = next(.own(operation.name.rawValue), arguments)
        await turnOfFailures(call)
        return operation.changesAccount
            ? try await session.change(operation, arguments, call, self, requester)
            : try await session.read(operation, arguments, call, matching: filter)
    }

    /// Calls the API by the name of the operation.
    func call(
        _ name: ServerPilot.Operation.Name, _ arguments: JSONObject, matching filter: JSONObject = [:],
        requester: CallRequester = .recipe
    ) async throws(RecipeError) -> Reply {
        guard let operation = ServerPilot.Operation.named(name) else {
            throw RecipeError(code: "internal", message: "internal error: unknown operation '\(name)'")
        }
        return try await call(operation, arguments, matching: filter, requester: requester)
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
    ///   - look: looks for the result; needed if `recovery` is a lookup.
    ///   - live: makes the change. If its failure has a `delivery` that excludes the change, that failure is the
    ///     outcome. If `delivery` is missing or ambiguous, `recovery` decides.
    /// - Returns: the reply.
    /// - Throws: `RecipeError`.
    func perform(
        _ name: String, _ arguments: JSONObject, object: String?, recovery: Recovery,
        look: ExternalChange.Look? = nil, _ live: @escaping ExternalChange.Send
    ) async throws(RecipeError) -> JSONValue {
        defer { session.knowledge.reads.happened() }
        try session.expectNoLook(self, name)
        let call = next(.outside(name), arguments)
        await turnOfFailures(call)
        let change = ExternalChange(
            call, arguments, object: object, recovery: recovery, session, look: look, send: live)
        try session.follow(change.planned())
        let recorded = try session.taken(call, isChange: true)
        if let outcome = recorded?.result?.outcome {
            await session.steps.turn(call)
            if let failure = outcome.failure {
                if failure.wasNotTaken { session.generated.refused(at: call.step) }
                session.following?.noteRefusal(at: call.step)
                throw RecipeError(failure)
            }
            let value = outcome.data ?? .null
            session.following?.note(ChangeReply(value), at: call.step)
            return value
        }
        let decision = session.steps.takeDecision(about: call.step)
        if recorded == nil {
            try await session.begin(change.words, at: site)
            guard !Task.isCancelled else {
                throw RecipeError(
                    code: StepFailure.cancelled, message: "\(change.words): the run was stopped. Nothing was sent",
                    operation: name, object: object, delivery: .notSent)
            }
        }
        return try await session.make(change, after: recorded, decision: decision) { RecipeError($0) }.data
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
        guard !isLook else { return try await live() }
        // The account may have changed while the recipe waited.
        defer { session.knowledge.reads.happened() }
        let call = next(call, arguments)
        await turnOfFailures(call)
        let value = try await session.observe(
            call, secrets: call.call.isOutside ? session.generated.sends(arguments, at: call.step) : nil,
            skipped: skipped, onReplay: onReplay, live)
        if let object { note(DeclaredAnswer(operation: call.call.name, object: object, value: value)) }
        return value
    }

    /// Makes a call that changes nothing and returns at once, such as reading the time.
    func observeNow(_ name: String, _ live: () -> JSONValue) throws(RecipeError) -> JSONValue {
        guard !isLook else { return live() }
        let call = StepCall(next(), .own(name), site: site)
        guard name == "random" else { return try session.pin(call, live) }
        // A run that follows a plan, and each trial of the recipe, use the random numbers of the plan.
        let value = try session.pin(call) {
            session.following?.draw(at: call.step) ?? session.planning?.draw(at: call.step) ?? live()
        }
        session.planning?.note(draw: value, at: call.step)
        return value
    }

    private func note(_ answer: DeclaredAnswer) {
        session.planning?.note(answer)
        session.following?.note(answer)
    }
}

extension RunSession {
    /// Refuses a change by a function that only looks for the result of another.
    func expectNoLook(_ scope: StepScope, _ function: String) throws(RecipeError) {
        guard scope.isLook else { return }
        throw RecipeError(
            RecipeError.findChanges, in: function, "a find function can only read. Nothing was sent",
            operation: function, delivery: .notSent)
    }
}

extension CoroutinePath {
    init(_ path: LuaCoroutinePath) {
        self.init(path.steps.map { Level(call: $0.call, batch: $0.batch, index: $0.index) })
    }
}

extension LuaCallSite {
    /// Returns the site as recorded, without secrets: a recipe can load text under a name that contains a secret.
    func text(for session: RunSession) -> String { line > 0 ? session.redactor.redact(description) : "" }
}
