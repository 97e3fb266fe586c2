internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// The state of one run for the functions of `sp`: its connection to the API, and what it has learned.
final class RunSession: Sendable {
    private struct State {
        var redactor: Redactor
        var result: JSONValue?
        var origins: [String: ActionOrigin] = [:]
        var queues: [String: ServerQueue] = [:]
        var summary = RunSummary()
        /// Lists that were read, by operation.
        var lists: [String: (read: Timestamp, things: [JSONValue])] = [:]
        /// Warnings about certificates that were emitted.
        var told: Set<String> = []
        /// Apps that were read or changed individually, by id.
        var apps: [String: JSONObject] = [:]
        /// The apps of the last complete list, which is older than `apps`; a long list is searched only when needed.
        var listedApps: [JSONValue] = []
        /// The number of calls of functions that return at once, by coroutine and function.
        var immediate: [Place: Int] = [:]
        var stop: RunStop?
        /// The number of admitted creations.
        var creations = 0
        /// The number of resources that each admitted deletion removes, including those deleted with it, by step.
        var deletions: [StepID: Int] = [:]
        /// Names of resources that were read or changed individually, by id; other names are looked up in the lists.
        var names: [String: String] = [:]
        /// Ids of the resources that this run created.
        var made: Set<String> = []
        /// The calls whose coroutines only look for the result of a change.
        var looks: Set<StepID> = []
        var cancel: @Sendable () -> Void = {}
    }

    let transport: any Transport
    let time: any TimeSource
    let limits: RunLimits
    let random: @Sendable () -> UInt64
    let steps: StepRunner
    /// The recorder of a run that only tries out a recipe for a plan.
    let planning: PlanRecorder?
    /// The plan that the run must follow.
    let following: PlanFollower?
    let mayDelete: DeletionQuestion?
    /// Whether calls outside the account are real or use declared replies.
    let outside: OutsideWorld
    /// The client for scripts on other hosts.
    let shell: (any RemoteShell)?
    /// The files of this machine that recipes name.
    let files: (any LocalFiles)?
    /// The resources that earlier runs left unfinished in the account.
    let failedWork: [FailedWork]
    /// Lets a server connect if calls outside the account use declared replies.
    let connects: (@Sendable (ServerID) -> Void)?
    /// The secrets that the run has generated.
    let generated = GeneratedSecrets()
    /// The secrets among the run's parameters.
    let given = GivenSecrets()
    /// The secrets of scripts.
    let secrets: SealedSecrets
    private let keepSecret: SecretKeeper
    private let events: @Sendable (RunEvent) -> Void
    private let started: Timestamp
    private let state: Mutex<State>

    init(
        transport: any Transport, time: any TimeSource, limits: RunLimits, random: @escaping @Sendable () -> UInt64,
        steps: StepRunner, purpose: RunPurpose = .live, mayDelete: DeletionQuestion? = nil,
        outside: OutsideWorld = .declared, shell: (any RemoteShell)? = nil, files: (any LocalFiles)? = nil,
        connects: (@Sendable (ServerID) -> Void)? = nil, failedWork: [FailedWork] = [],
        redactor: Redactor = Redactor(), keepSecret: @escaping SecretKeeper,
        events: @escaping @Sendable (RunEvent) -> Void
    ) {
        switch purpose {
        case .live: (planning, following) = (nil, nil)
        case .planning(let recorder, _): (planning, following) = (recorder, nil)
        case .following(let plan): (planning, following) = (nil, PlanFollower(plan))
        }
        state = Mutex(State(redactor: redactor))
        self.outside = planning == nil ? outside : .declared
        self.shell = shell
        self.files = files
        self.connects = connects
        self.failedWork = failedWork
        self.mayDelete = mayDelete
        self.steps = steps
        secrets = SealedSecrets(steps)
        self.transport = transport
        self.time = time
        self.limits = limits
        self.random = random
        self.keepSecret = keepSecret
        self.events = events
        started = time.steady
    }

    /// Whether calls outside the account use declared replies.
    var isDeclared: Bool { outside == .declared }

    // MARK: Calls

    /// Counts one request.
    func countCall() { state.withLock { $0.summary.calls += 1 } }

    /// Processes an accepted change: counts it, remembers its action, and emits an event.
    func note(_ reply: Reply, of operation: ServerPilot.Operation, _ arguments: JSONObject, sent: Timestamp) {
        let now = time.steady
        state.withLock { state in
            switch operation.effect {
            case .create: state.summary.created += 1
            case .update: state.summary.updated += 1
            case .delete: state.summary.deleted += 1
            case .read: break
            }
            if operation.effect == .create, let listing = operation.naturalKey?.listing {
                state.lists[listing.rawValue]?.things.append(reply.data)
            }
        }
        noteName(reply.data)
        defer { if operation.removesResource { forget(operation.kind, arguments) } }
        let (id, name) = noteOrigin(reply, of: operation, arguments, at: now)
        emit(
            .changed(
                RunEvent.Change(
                    operation: operation, object: name, subject: subject(of: operation, arguments, name: name), id: id,
                    actionID: reply.actionID, elapsed: now - sent)))
    }

    /// Processes a change outside the account: counts it and emits an event.
    func note(_ change: ExternalChange, began: Timestamp) {
        state.withLock { $0.summary.outside += 1 }
        emit(
            .performed(
                RunEvent.Outside(name: change.call.call.name, object: change.object ?? "", elapsed: time.steady - began)
            ))
    }

    /// Remembers the resource of a change and the action that it queued.
    ///
    /// - Parameters:
    ///   - reply: the reply of the API.
    ///   - operation: the operation.
    ///   - arguments: the arguments by wire name.
    ///   - queued: the time, on the steady clock.
    ///   - isEarlier: whether an earlier execution of the run made the change.
    /// - Returns: the id and the name of the changed resource, as far as either is known.
    @discardableResult
    func noteOrigin(
        _ reply: Reply, of operation: ServerPilot.Operation, _ arguments: JSONObject, at queued: Timestamp,
        isEarlier: Bool = false
    ) -> (id: String?, name: String) {
        let id = reply.data["id"]?.stringValue ?? arguments["id"]?.stringValue
        let name = reply.data["name"]?.stringValue ?? spokenName(arguments) ?? id ?? operation.kind.spokenName
        if operation.effect == .create, let id { state.withLock { _ = $0.made.insert(id) } }
        guard let actionID = reply.actionID else { return (id, name) }
        let serverID =
            reply.data["serverid"]?.stringValue
            ?? (operation.kind == .server ? id : arguments["serverid"]?.stringValue)
        state.withLock { state in
            state.origins[actionID.rawValue] = ActionOrigin(
                operation: operation.name, object: name, serverID: serverID, queued: queued, isEarlier: isEarlier)
            if let serverID {
                state.queues[serverID, default: ServerQueue()].queued(actionID, operation.name, at: queued)
            }
        }
        return (id, name)
    }

    /// Remembers a list that was read; lists with a variable in their path are read too seldom to be worth it.
    func noteList(_ data: JSONValue, of listing: ServerPilot.Operation.Name, _ arguments: JSONObject) {
        guard arguments.isEmpty, let things = data.arrayValue else { return }
        warnOfOrdinarySecrets(in: things)
        let now = time.steady
        state.withLock { $0.lists[listing.rawValue] = (now, things) }
    }

    /// Warns about given secrets that are ordinary words, because these resources of the account contain them.
    func warnOfOrdinarySecrets(in things: [JSONValue]) {
        for name in given.found(in: things) {
            emit(
                .warned(
                    "the secret '\(name)' is also what something in the account is called: wherever that is shown, "
                        + "\(Redactor.replacement) stands in its place"))
        }
    }

    /// Returns a list that was read at most `RunLimits.listAge` ago, with the resources that this run has created
    /// since.
    func recentList(_ listing: ServerPilot.Operation.Name, _ arguments: JSONObject) -> [JSONValue]? {
        guard arguments.isEmpty else { return nil }
        let now = time.steady
        return state.withLock { state in
            guard let list = state.lists[listing.rawValue], now - list.read <= limits.listAge else { return nil }
            return list.things
        }
    }

    // MARK: Apps, counts and markers

    /// Remembers apps that were read or changed.
    func noteApps(_ data: JSONValue, of kind: ResourceKind) {
        guard kind == .app else { return }
        state.withLock { state in
            if case .array(let apps) = data {
                (state.listedApps, state.apps) = (apps, [:])
            } else if let id = data["id"]?.stringValue, data["domains"] != nil, let app = data.objectValue {
                // The reply to a change may have fewer fields than a read.
                state.apps[id] = (state.apps[id] ?? [:]).merging(app) { $1 }
            }
        }
    }

    /// Returns whether a warning about certificates is new: adding a certificate and forcing HTTPS would both emit it.
    func isNew(warning: String) -> Bool { state.withLock { $0.told.insert(warning).inserted } }

    /// Returns an app as the run last knew it.
    func knownApp(_ id: String) -> JSONValue? {
        state.withLock { state in
            state.apps[id].map { .object($0) } ?? state.listedApps.first { $0["id"]?.stringValue == id }
        }
    }

    /// Counts a call of a function that returns at once, and returns its number.
    func countImmediate(_ place: Place) -> Int {
        state.withLock { state in
            state.immediate[place, default: 0] += 1
            return state.immediate[place] ?? 0
        }
    }

    /// Marks the coroutines that a call starts: they only look for the result of a change.
    func beginLooking(at call: StepID) { state.withLock { _ = $0.looks.insert(call) } }

    /// Returns whether the steps of a place only look for the result of a change.
    func isLooking(in place: Place) -> Bool {
        state.withLock { state in
            guard !state.looks.isEmpty else { return false }
            return StepID(place, call: 0, part: 0).callers.contains(where: state.looks.contains)
        }
    }

    // MARK: Guards

    /// Counts a creation that is about to be made.
    ///
    /// - Returns: the number of creations, including this one.
    func countCreation() -> Int {
        state.withLock { state in
            state.creations += 1
            return state.creations
        }
    }

    /// Counts the resources that a deletion is about to remove; of repeated counts, the largest applies.
    ///
    /// - Returns: the number of resources that all deletions remove, including this one.
    func countDeletion(_ count: Int, at step: StepID) -> Int {
        state.withLock { state in
            state.deletions[step] = max(state.deletions[step] ?? 0, count)
            return state.deletions.values.reduce(0, +)
        }
    }

    // MARK: Names

    /// Returns the name of a call's resource, if the run has read it, otherwise its id.
    func spokenName(_ arguments: JSONObject) -> String? {
        guard let id = arguments["id"]?.stringValue else { return Self.name(of: arguments) }
        return name(ofID: id) ?? arguments["name"]?.stringValue ?? id
    }

    /// Returns the name of a resource; `nil` if the run has not read it.
    func name(ofID id: String) -> String? {
        state.withLock { state in
            let listed = { (things: [JSONValue]) in things.first { $0["id"]?.stringValue == id }?["name"]?.stringValue }
            return state.names[id] ?? state.lists.values.lazy.compactMap { listed($0.things) }.first
        }
    }

    /// Remembers the name of a resource.
    func noteName(_ thing: JSONValue) {
        guard let id = thing["id"]?.stringValue, let name = thing["name"]?.stringValue else { return }
        state.withLock { $0.names[id] = name }
    }

    /// Returns whether this run created the resource.
    func hasMade(_ id: String) -> Bool { state.withLock { $0.made.contains(id) } }

    /// Removes a deleted resource, and all resources deleted with it, from the lists that were read.
    private func forget(_ kind: ResourceKind, _ arguments: JSONObject) {
        guard let id = arguments["id"]?.stringValue else { return }
        state.withLock { state in
            let lists = ServerPilot.Operation.fallingLists(with: kind).map { listing in
                (listing, state.lists[listing.name.rawValue]?.things ?? [])
            }
            let resource = Cascade.Resource(kind: kind, id: id, name: id)
            let gone = Cascade(resource, in: lists).fallenIDs.union([id])
            for id in gone { state.names[id] = nil }
            for name in state.lists.keys {
                state.lists[name]?.things.removeAll { $0["id"]?.stringValue.map(gone.contains) ?? false }
            }
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
        throw stop(.diverged(recorded: Self.words(recorded), now: Self.words(bytes), argumentsOnly: false))
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

    // MARK: Actions

    /// Returns the origin of an action; `nil` if the run did not cause it.
    func origin(of id: ActionID) -> ActionOrigin? { state.withLock { $0.origins[id.rawValue] } }

    /// Returns the predicted remaining time of an action from a time on, based on other actions on its server.
    func remaining(of id: ActionID, at time: Timestamp) -> Duration? {
        state.withLock { state in
            state.origins[id.rawValue]?.serverID.flatMap { state.queues[$0]?.remaining(of: id, at: time) }
        }
    }

    /// Returns the last time when an action was seen open; `nil` if the run does not know its server.
    func lastLook(at id: ActionID) -> Timestamp? {
        state.withLock { state in
            state.origins[id.rawValue]?.serverID.flatMap { state.queues[$0]?.lastLook(at: id) }
        }
    }

    /// Remembers whether an action was seen to have ended.
    func note(_ id: ActionID, hasEnded: Bool) { note(id, hasEnded: hasEnded, at: time.steady) }

    private func note(_ id: ActionID, hasEnded: Bool, at time: Timestamp) {
        state.withLock { state in
            guard let serverID = state.origins[id.rawValue]?.serverID else { return }
            if hasEnded {
                state.queues[serverID]?.ended(id, at: time)
            } else {
                state.queues[serverID]?.seenOpen(id, at: time)
            }
        }
    }

    /// Remembers the actions that a wait of an earlier execution saw ending: the server has moved on to the next
    /// action.
    func noteReplayed(_ wait: Entry.Observation, at recorded: Timestamp) {
        let waited = wait.value?.arrayValue?.map { $0["id"]?.stringValue } ?? []
        let failed = wait.failure.flatMap { $0.code == RecipeError.actionFailed ? $0.details?.object : nil }
        for id in (waited + [failed]).compactMap(\.self) {
            note(ActionID(id), hasEnded: true, at: steady(recorded))
        }
    }

    /// Returns a recorded time on the steady clock: at most now, however the time of day was set.
    func steady(_ recorded: Timestamp) -> Timestamp { min(recorded, time.steady) }

    // MARK: Secrets, result, events

    /// Removes the secret from all later output of the run.
    func learn(secret: String) { state.withLock { $0.redactor.learn(secret) } }

    /// Returns the secret of that name, and generates it on first use.
    ///
    /// - Throws: the error of the function that stores secrets; the recipe then does not get the secret.
    func secret(_ name: String, make: () -> String) throws -> Secret<String> {
        if let known = generated[name] { return known }
        let recorded = steps.secret(name)
        let secret = Secret(recorded ?? (following?.secret(name) ?? planning?.secret(name)) ?? make())
        planning?.note(secret: secret, named: name)
        learn(secret: secret.reveal())
        if recorded == nil {
            steps.note(JournalEntry(.secret(name: name, value: secret.reveal()), at: time.now))
        }
        try keepSecret(name, secret)
        generated.add(secret, named: name)
        return secret
    }

    /// Sets the result of the run; a later result replaces an earlier result.
    func set(result: JSONValue) { state.withLock { $0.result = result } }

    /// The result of the run.
    var result: JSONValue? { state.withLock { $0.result } }

    /// The redactor with the run's secrets.
    var redactor: Redactor { state.withLock { $0.redactor } }

    /// The counts so far.
    var summary: RunSummary {
        var summary = state.withLock { $0.summary }
        summary.elapsed = time.steady - started
        return summary
    }

    /// Emits an event, redacted.
    func emit(_ event: RunEvent) {
        switch event {
        case .printed(let text): events(.printed(redactor.redact(text)))
        case .logged(let text, let site): events(.logged(redactor.redact(text), at: site?.redacted(by: redactor)))
        case .warned(let text, let site): events(.warned(redactor.redact(text), at: site?.redacted(by: redactor)))
        case .changed(let change): events(.changed(change.redacted(by: redactor)))
        case .performed(let outside): events(.performed(outside.redacted(by: redactor)))
        case .waiting(let wait): events(.waiting(wait.redacted(by: redactor)))
        case .waited(let wait): events(.waited(wait.redacted(by: redactor)))
        }
    }
}
