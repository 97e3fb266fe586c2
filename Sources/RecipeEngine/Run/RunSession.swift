internal import LuaHost
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// One run, as the functions of `sp` see it: the way to the API and what the run has come to know.
final class RunSession: Sendable {
    private struct State {
        var redactor: Redactor
        var result: JSONValue?
        var origins: [String: ActionOrigin] = [:]
        var queues: [String: ServerQueue] = [:]
        var summary = RunSummary()
        /// Lists that were read, by operation.
        var lists: [String: (read: Timestamp, things: [JSONValue])] = [:]
        /// Warnings about certificates that were told.
        var told: Set<String> = []
        /// Apps as they were read or changed one by one.
        var apps: [String: JSONObject] = [:]
        /// The apps when all were read last, which was before `apps`: a long list is only gone through when asked.
        var listedApps: [JSONValue] = []
        /// Calls of functions that return at once, by coroutine and function.
        var immediate: [String: Int] = [:]
        /// What the marks of a run without a journal begin with.
        var marker: String?
        var stop: RunStop?
        /// Creations that were let through.
        var creations = 0
        /// What deletions remove that were let through, each with all that falls with it, by their steps.
        var deletions: [StepID: Int] = [:]
        /// Names of things that were read or changed one by one; those of lists are looked for there.
        var names: [String: String] = [:]
        /// Ids of what this run has created.
        var made: Set<String> = []
        var cancel: @Sendable () -> Void = {}
    }

    let transport: any Transport
    let time: any TimeSource
    let limits: RunLimits
    let random: @Sendable () -> UInt64
    let recorder: RunRecorder
    /// Where the run only tries out: what notes what it would do.
    let planning: PlanRecorder?
    /// What the run is held to.
    let following: PlanFollower?
    let mayDelete: DeletionQuestion?
    /// Which world there is outside of the account.
    let outside: OutsideWorld
    /// The way to other hosts.
    let shell: (any RemoteShell)?
    /// The files of this machine that recipes name.
    let files: (any LocalFiles)?
    /// What earlier runs left unfinished on the account.
    let failedWork: [FailedWork]
    /// Lets a server connect where the outside is only declared.
    let connects: (@Sendable (ServerID) -> Void)?
    /// The secrets that the run has generated.
    let generated = GeneratedSecrets()
    /// Those that it was given.
    let given = GivenSecrets()
    private let keepSecret: SecretKeeper
    private let events: @Sendable (RunEvent) -> Void
    private let started: Timestamp
    private let state: Mutex<State>

    init(
        transport: any Transport, time: any TimeSource, limits: RunLimits, random: @escaping @Sendable () -> UInt64,
        recorder: RunRecorder, purpose: RunPurpose = .live, mayDelete: DeletionQuestion? = nil,
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
        self.recorder = recorder
        self.transport = transport
        self.time = time
        self.limits = limits
        self.random = random
        self.keepSecret = keepSecret
        self.events = events
        started = time.steady
    }

    /// Whether nothing outside of the account is reached.
    var isDeclared: Bool { outside == .declared }

    // MARK: Calls

    /// One more request.
    func countCall() { state.withLock { $0.summary.calls += 1 } }

    /// A change was accepted: counts it, remembers its action, tells of it.
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

    /// A change outside of the account was made: counts it, tells of it.
    func note(_ effect: OutsideEffect, began: Timestamp) {
        state.withLock { $0.summary.outside += 1 }
        emit(
            .performed(
                RunEvent.Outside(name: effect.name, object: effect.object ?? "", elapsed: time.steady - began)))
    }

    /// Remembers what a change was about and which work it queued.
    ///
    /// - Parameters:
    ///   - reply: what the API answered.
    ///   - operation: what was done.
    ///   - arguments: by wire name.
    ///   - queued: when, by the steady clock.
    ///   - isEarlier: whether an earlier life of the run did it.
    /// - Returns: the id and the name of what was changed, as far as either is known.
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

    /// Remembers a list that was read; those with a variable in their path are asked for too seldom.
    func noteList(_ data: JSONValue, of listing: ServerPilot.Operation.Name, _ arguments: JSONObject) {
        guard arguments.isEmpty, let things = data.arrayValue else { return }
        warnOfOrdinarySecrets(in: things)
        let now = time.steady
        state.withLock { $0.lists[listing.rawValue] = (now, things) }
    }

    /// Says which of the given secrets is an ordinary word, as these things of the account show it.
    func warnOfOrdinarySecrets(in things: [JSONValue]) {
        for name in given.found(in: things) {
            emit(
                .warned(
                    "the secret '\(name)' is also what something in the account is called: wherever that is shown, "
                        + "\(Redactor.replacement) stands in its place"))
        }
    }

    /// The things of a list that was read not long ago, with what this run has made since.
    func recentList(_ listing: ServerPilot.Operation.Name, _ arguments: JSONObject) -> [JSONValue]? {
        guard arguments.isEmpty else { return nil }
        let now = time.steady
        return state.withLock { state in
            guard let list = state.lists[listing.rawValue], now - list.read <= limits.listAge else { return nil }
            return list.things
        }
    }

    // MARK: Rivals

    /// Remembers apps, as they were read or changed.
    func noteApps(_ data: JSONValue, of kind: ResourceKind) {
        guard kind == .app else { return }
        state.withLock { state in
            if case .array(let apps) = data {
                (state.listedApps, state.apps) = (apps, [:])
            } else if let id = data["id"]?.stringValue, data["domains"] != nil, let app = data.objectValue {
                // The response to a change may say less than a read did.
                state.apps[id] = (state.apps[id] ?? [:]).merging(app) { $1 }
            }
        }
    }

    /// Whether a warning about certificates was not told yet: what adds a certificate and forces it would tell it twice.
    func isNew(warning: String) -> Bool { state.withLock { $0.told.insert(warning).inserted } }

    /// An app as the run last knew it.
    func knownApp(_ id: String) -> JSONValue? {
        state.withLock { state in
            state.apps[id].map { .object($0) } ?? state.listedApps.first { $0["id"]?.stringValue == id }
        }
    }

    /// The number of one more call of a function that returns at once.
    func countImmediate(_ place: String) -> Int {
        state.withLock { state in
            state.immediate[place, default: 0] += 1
            return state.immediate[place] ?? 0
        }
    }

    /// What the marks of the run's changes outside of the account begin with; no two runs share it.
    var marker: String {
        if let id = recorder.runID {
            return id.rawValue.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
        return state.withLock { state in
            let marker = state.marker ?? String(random(), radix: 16)
            state.marker = marker
            return marker
        }
    }

    // MARK: Guards

    /// Counts a creation that is about to be made.
    ///
    /// - Returns: how many there are with it.
    func countCreation() -> Int {
        state.withLock { state in
            state.creations += 1
            return state.creations
        }
    }

    /// Counts what a deletion is about to remove; asked again, the larger number counts.
    ///
    /// - Returns: how much all deletions remove with it.
    func countDeletion(_ count: Int, at step: StepID) -> Int {
        state.withLock { state in
            state.deletions[step] = max(state.deletions[step] ?? 0, count)
            return state.deletions.values.reduce(0, +)
        }
    }

    // MARK: Names

    /// What people call the thing that a call is about: its name, as far as the run has read it, or its id.
    func spokenName(_ arguments: JSONObject) -> String? {
        guard let id = arguments["id"]?.stringValue else { return Self.name(of: arguments) }
        return name(ofID: id) ?? arguments["name"]?.stringValue ?? id
    }

    /// The name of a thing, as far as the run has read it.
    func name(ofID id: String) -> String? {
        state.withLock { state in
            let listed = { (things: [JSONValue]) in things.first { $0["id"]?.stringValue == id }?["name"]?.stringValue }
            return state.names[id] ?? state.lists.values.lazy.compactMap { listed($0.things) }.first
        }
    }

    /// Remembers the name of one thing.
    func noteName(_ thing: JSONValue) {
        guard let id = thing["id"]?.stringValue, let name = thing["name"]?.stringValue else { return }
        state.withLock { $0.names[id] = name }
    }

    /// Whether this run has created the thing.
    func hasMade(_ id: String) -> Bool { state.withLock { $0.made.contains(id) } }

    /// Takes what was deleted, with all that fell with it, out of the lists that were read.
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

    /// Notes which bytes were imported; a run that goes on, or follows a plan, has to import the same.
    ///
    /// - Parameters:
    ///   - module: what was found.
    ///   - way: by which modules it is reached: each way is gone once, whatever happens side by side.
    ///   - site: the line of the recipe.
    /// - Throws: `RecipeError` where it was stopped because they are others.
    func note(_ module: RecipeModule, by way: [String], at site: String) throws(RecipeError) {
        let place = "/!import " + way.joined(separator: " > ").replacing("%", with: "%25").replacing(":", with: "%3A")
        let step = StepID(coroutine: place, call: countImmediate(place), part: 1)
        let bytes: JSONValue = [
            "module": .string(module.source.name), "digest": .string(module.digest),
        ]
        if let planned = following?.draw(at: step), planned != bytes {
            throw stop(.differs(planned: Self.words(planned), now: Self.words(bytes), fields: []))
        }
        planning?.note(draw: bytes, at: step)
        guard let recorded = try recorded(step, "import", "", site) else {
            recorder.observe(
                JournalEntry(
                    .observed, step: step, operation: "import", site: site, time: time.now, body: ["value": bytes]))
            return
        }
        let before = recorded.result?.body["value"] ?? .null
        guard before != bytes, !recorder.acceptsRecipeChange else { return }
        throw stop(.diverged(recorded: Self.words(before), now: Self.words(bytes), argumentsOnly: false))
    }

    private static func words(_ module: JSONValue) -> String {
        let digest = module["digest"]?.stringValue ?? "?"
        return "the import of '\(module["module"]?.stringValue ?? "?")' (SHA-256 \(digest.prefix(12))…)"
    }

    // MARK: Stopping

    /// Says how the run can be ended from outside the recipe.
    func setCanceller(_ cancel: @escaping @Sendable () -> Void) { state.withLock { $0.cancel = cancel } }

    /// Stops the run for a reason that the recipe cannot catch; the first reason counts.
    func stop(_ reason: RunStop) -> RecipeError {
        let cancel = state.withLock { state in
            if state.stop == nil { state.stop = reason }
            return state.cancel
        }
        cancel()
        recorder.abandon()
        return RecipeError(code: reason.code, message: reason.message, hint: reason.hint)
    }

    /// Why the run was stopped from outside the recipe; `nil` when it was not.
    var stopReason: RunStop? { state.withLock { $0.stop } }

    // MARK: Actions

    /// What the run knows of an action; `nil` when it did not cause it.
    func origin(of id: ActionID) -> ActionOrigin? { state.withLock { $0.origins[id.rawValue] } }

    /// How long an action takes from a time on, as far as the run can tell from others on its server.
    func remaining(of id: ActionID, at time: Timestamp) -> Duration? {
        state.withLock { state in
            state.origins[id.rawValue]?.serverID.flatMap { state.queues[$0]?.remaining(of: id, at: time) }
        }
    }

    /// When an action was last seen open, in which case the run knows its server; `nil` else.
    func lastLook(at id: ActionID) -> Timestamp? {
        state.withLock { state in
            state.origins[id.rawValue]?.serverID.flatMap { state.queues[$0]?.lastLook(at: id) }
        }
    }

    /// Remembers that an action was seen to have ended, or not to have.
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

    /// Remembers what a wait of an earlier life saw: the server has done that work, and is at the next.
    func noteReplayed(wait entry: JournalEntry) {
        let failed = entry.body["failure"]?["code"]?.stringValue == RecipeError.actionFailed
        let waited = entry.body["value"]?.arrayValue ?? []
        let ended = failed ? [entry.body["failure"]?["object"]] : waited.map { $0["id"] }
        for id in ended.compactMap({ $0?.stringValue }) { note(ActionID(id), hasEnded: true, at: steady(entry.time)) }
    }

    /// When something was written down, by the steady clock: not later than now, whatever the time of day was then.
    func steady(_ recorded: Timestamp) -> Timestamp { min(recorded, time.steady) }

    // MARK: Secrets, result, events

    /// From now on the value is taken out of all that the run says.
    func learn(secret: String) { state.withLock { $0.redactor.learn(secret) } }

    /// The secret of that name, made on first use.
    ///
    /// - Throws: what the keeper of secrets throws; the recipe does not get the secret then.
    func secret(_ name: String, make: () -> String) throws -> Secret<String> {
        if let known = generated[name] { return known }
        let recorded = recorder.secret(name)
        let secret = Secret(recorded ?? (following?.secret(name) ?? planning?.secret(name)) ?? make())
        planning?.note(secret: secret, named: name)
        learn(secret: secret.reveal())
        if recorded == nil {
            recorder.observe(
                JournalEntry(.secret, operation: name, time: time.now, body: ["value": .string(secret.reveal())]))
        }
        try keepSecret(name, secret)
        generated.add(secret, named: name)
        return secret
    }

    /// Sets what the run gives; later results take the place of earlier ones.
    func set(result: JSONValue) { state.withLock { $0.result = result } }

    /// What the run gives.
    var result: JSONValue? { state.withLock { $0.result } }

    /// What takes the run's secrets out of a text.
    var redactor: Redactor { state.withLock { $0.redactor } }

    /// The counts so far.
    var summary: RunSummary {
        var summary = state.withLock { $0.summary }
        summary.elapsed = time.steady - started
        return summary
    }

    /// Tells what happens, redacted.
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
