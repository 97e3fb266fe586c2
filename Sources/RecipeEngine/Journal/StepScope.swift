internal import DurableSteps
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
    func next() -> StepID {
        let part = parts.withLock { part in
            part += 1
            return part
        }
        return StepID(place, call: call, part: part)
    }

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
    func call(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, matching filter: JSONObject = [:]
    ) async throws(RecipeError) -> Reply {
        try await session.call(operation, arguments, at: self, matching: filter)
    }

    /// Calls the API by the name of the operation.
    func call(
        _ name: ServerPilot.Operation.Name, _ arguments: JSONObject, matching filter: JSONObject = [:],
        requester: CallRequester = .recipe
    ) async throws(RecipeError) -> Reply {
        guard let operation = ServerPilot.Operation.named(name) else {
            throw RecipeError(code: "internal", message: "internal error: unknown operation '\(name)'")
        }
        return try await session.call(operation, arguments, at: self, matching: filter, requester: requester)
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
        look: ExternalChange.Look? = nil,
        _ live: @escaping @Sendable (ChangeAttempt) async throws(RecipeError) -> JSONValue
    ) async throws(RecipeError) -> JSONValue {
        try await session.perform(name, arguments, object: object, recovery: recovery, look: look, at: self, live)
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
    /// Marks the coroutines that a call starts from now on: they only look for the result of a change.
    func beginLooking(in call: LuaCall) {
        beginLooking(at: StepID(.coroutine(CoroutinePath(call.path)), call: call.number, part: 0))
    }

    /// Refuses a change by a function that only looks for the result of another.
    func expectNoLook(_ scope: StepScope, _ function: String) throws(RecipeError) {
        guard scope.isLook else { return }
        throw RecipeError(
            code: RecipeError.findChanges, message: "\(function): a find function can only read. Nothing was sent",
            operation: function, token: function.split(separator: ".").last.map(String.init), delivery: .notSent)
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
