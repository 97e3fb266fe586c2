internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot
internal import Synchronization

/// One run, for the functions of `sp`: its services, its steps, and what it has learned.
final class RunSession: Sendable {
    private struct State {
        var result: JSONValue?
        /// The number of calls of functions that return at once, by coroutine and function.
        var immediate: [Place: Int] = [:]
        /// The calls whose coroutines only look for the result of a change.
        var looks: Set<StepID> = []
        var stop: RunStop?
        var cancel: @Sendable () -> Void = {}
    }

    let services: RunServices
    let steps: StepRunner
    /// The recorder of a run that only tries out a recipe for a plan.
    let planning: PlanRecorder?
    /// The plan that the run must follow.
    let following: PlanFollower?
    let knowledge: AccountKnowledge
    let tally: RunTally
    let output: RunOutput
    /// The secrets of the run: generated, given as parameters, and behind the seals that scripts get.
    let secrets: SealedSecrets
    let generated = GeneratedSecrets()
    private let state = Mutex(State())

    /// Creates a run.
    ///
    /// - Parameters:
    ///   - services: the services of the run.
    ///   - journaled: the journal; `nil` for a run without a journal.
    ///   - purpose: whether the run is live, makes a plan, or follows a plan.
    ///   - output: receives the events.
    init(
        _ services: RunServices, journaled: JournaledRun? = nil, purpose: RunPurpose = .live, output: RunOutput
    ) {
        (planning, following) = (purpose.recorder, purpose.plan.map { PlanFollower($0) })
        self.services = services
        self.output = output
        let (time, limits) = (services.time, services.limits)
        steps = StepRunner(
            journaled, patience: limits.journalPatience, mostKept: limits.keptReads, time: time,
            random: services.random, describe: { $0.words(of: $1) })
        secrets = SealedSecrets(steps)
        knowledge = AccountKnowledge(
            ActionWatch(steps, durations: services.surroundings.durations), time: time, listAge: limits.listAge)
        tally = RunTally(time: time)
    }

    /// Creates a run that makes no calls, to read headers or to describe functions.
    static func idle(_ limits: RunLimits = RunLimits()) -> RunSession {
        let services = RunServices(
            transport: NoTransport(), time: NoTime(), limits: limits, random: { 0 }, keepSecret: { _, _ in },
            mayDelete: nil, surroundings: RecipeSurroundings())
        return RunSession(services, output: RunOutput(Redactor()) { _ in })
    }

    var time: any TimeSource { services.time }
    var limits: RunLimits { services.limits }
    /// The services beside the account.
    var surroundings: RecipeSurroundings { services.surroundings }
    var redactor: Redactor { output.redactor }
    /// The actions that the run queued.
    var actions: ActionWatch { knowledge.actions }

    /// Whether calls outside the account use declared replies.
    var isDeclared: Bool { planning != nil || surroundings.outside == .declared }

    // MARK: Changes

    /// Processes an accepted change: counts it, remembers its action, and emits an event.
    func note(_ reply: Reply, of operation: ServerPilot.Operation, _ arguments: JSONObject, sent: Timestamp) {
        let now = time.steady
        tally.count(operation.effect)
        knowledge.noteName(reply.data)
        defer { if operation.removesResource { knowledge.forget(operation.kind, arguments) } }
        let (id, name) = knowledge.noteChange(reply, of: operation, arguments, at: now)
        output.emit(
            .changed(
                RunEvent.Change(
                    operation: operation, object: name, subject: subject(of: operation, arguments, name: name), id: id,
                    actionID: reply.actionID, elapsed: now - sent)))
    }

    /// Warns about given secrets that are ordinary words, because these resources of the account contain them.
    func warnOfOrdinarySecrets(in things: JSONArray) {
        for name in secrets.given.found(in: things) {
            output.emit(
                .warned(
                    "the secret '\(name)' is also the name of a resource in the account, so sprun shows that name as "
                        + "\(Redactor.replacement)"))
        }
    }

    /// Counts a call of a function that returns at once, and returns its number.
    func countImmediate(_ place: Place) -> Int { state.withLock { $0.immediate[place, default: 0].increment() } }

    /// Marks the coroutines that a call starts from now on: they only look for the result of a change.
    func beginLooking(in call: LuaCall) {
        let step = StepID(.coroutine(CoroutinePath(call.path)), call: call.number, part: 0)
        state.withLock { _ = $0.looks.insert(step) }
    }

    /// Returns whether the steps of a place only look for the result of a change.
    func isLooking(in place: Place) -> Bool {
        state.withLock { state in
            guard !state.looks.isEmpty else { return false }
            return StepID(place, call: 0, part: 0).callers.contains(where: state.looks.contains)
        }
    }

    /// Records which bytes were imported; a resumed run, or a run that follows a plan, must import the same bytes.
    ///
    /// - Parameters:
    ///   - module: the module that was found.
    ///   - way: the chain of modules that imports it; a run imports along each chain only once, whatever runs
    ///     concurrently.
    ///   - site: the line of the recipe.
    /// - Throws: `RecipeError` if the bytes differ, so that the run was stopped.
    func note(_ module: RecipeModule, by way: [String], at site: String) throws(RecipeError) {
        let place = Place.imported(by: way.joined(separator: " > "))
        let step = StepID(place, call: countImmediate(place), part: 1)
        let bytes: JSONValue = [
            "module": .string(module.source.name), "digest": .string(module.digest),
        ]
        if let planned = following?.draw(at: step), planned != bytes {
            throw stop(.differs(planned: Self.words(planned), now: Self.words(bytes), fields: []))
        }
        planning?.note(draw: bytes, at: step)
        let recorded = try pin(StepCall(step, .own("import"), site: site)) { bytes }
        guard recorded != bytes, !steps.acceptsRecipeChange else { return }
        throw stop(.step(.diverged(recorded: Self.words(recorded), now: Self.words(bytes), argumentsOnly: false)))
    }

    private static func words(_ module: JSONValue) -> String {
        let digest = module["digest"]?.stringValue ?? "?"
        return "the import of '\(module["module"]?.stringValue ?? "?")' (SHA-256 \(digest.prefix(12))…)"
    }

    // MARK: Stopping

    /// Sets the function that ends the run from outside the recipe.
    func setCanceller(_ cancel: @escaping @Sendable () -> Void) { state.withLock { $0.cancel = cancel } }

    /// Stops the run for a reason that the recipe cannot catch; only the first reason counts.
    func stop(_ reason: RunStop) -> RecipeError {
        let cancel = state.withLock { state in
            if state.stop == nil { state.stop = reason }
            return state.cancel
        }
        cancel()
        steps.abandon()
        return RecipeError(reason)
    }

    /// The reason why the run was stopped from outside the recipe; `nil` if it was not.
    var stopReason: RunStop? { state.withLock { $0.stop } }

    // MARK: Secrets and result

    /// Returns the secret of that name, and generates it on first use.
    ///
    /// - Throws: the error of the function that stores secrets; the recipe then does not get the secret.
    func secret(_ name: String, make: () -> String) throws -> Secret<String> {
        if let known = generated[name] { return known }
        let recorded = steps.secret(name)
        let secret = Secret(recorded ?? (following?.secret(name) ?? planning?.secret(name)) ?? make())
        planning?.note(secret: secret, named: name)
        output.learn(secret: secret.reveal())
        if recorded == nil {
            steps.note(JournalEntry(.secret(name: name, value: secret.reveal()), at: time.now))
        }
        try services.keepSecret(name, secret)
        generated.add(secret, named: name)
        return secret
    }

    /// Returns the failure of a Lua error in these recipes.
    func failure(_ error: LuaError, in sources: [RecipeSource]) -> RecipeFailure {
        RecipeFailure(error, sources: sources, redactor: redactor, summary: tally.summary)
    }

    /// Sets the result of the run; a later result replaces an earlier result.
    func set(result: JSONValue) { state.withLock { $0.result = result } }

    /// The result of the run.
    var result: JSONValue? { state.withLock { $0.result } }
}
