internal import LuaHost
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// One call of a function of `sp`: what it does at the API are its steps.
final class StepScope: Sendable {
    let session: RunSession
    /// What the module that calls may do.
    let realm: RecipeRealm
    /// Where the call stands in the recipe.
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

    /// Of a function that returns at once: it has one step.
    ///
    /// Such calls are counted for each function and coroutine: another `sp.log` in front changes none of them.
    init(_ session: RunSession, _ arguments: LuaArguments, _ realm: RecipeRealm, of function: String) {
        self.session = session
        self.realm = realm
        site = arguments.site.text(for: session)
        coroutine = "\(arguments.coroutine)!\(function)"
        call = session.countImmediate(coroutine)
    }

    /// What the host does for the recipe itself before it runs: such steps have a name in the place of a coroutine's.
    init(_ session: RunSession, _ name: String, _ realm: RecipeRealm) {
        self.session = session
        self.realm = realm
        site = ""
        coroutine = name
        call = 1
    }

    /// Warns of what happens at the call's line.
    func warn(_ text: String) { session.emit(.warned(text, at: LuaCallSite(site))) }

    /// The next step.
    func next() -> StepID {
        let part = parts.withLock { part in
            part += 1
            return part
        }
        return StepID(coroutine: coroutine, call: call, part: part)
    }

    /// Makes a call to the API: replayed, recovered or made now.
    func call(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, matching filter: JSONObject = [:]
    ) async throws(RecipeError) -> Reply {
        try await session.call(operation, arguments, at: self, matching: filter)
    }

    /// Makes a call whose operation is known by name.
    func call(
        _ name: ServerPilot.Operation.Name, _ arguments: JSONObject, matching filter: JSONObject = [:],
        manner: CallManner = .asked
    ) async throws(RecipeError) -> Reply {
        guard let operation = ServerPilot.Operation.named(name) else {
            throw RecipeError(code: "internal", message: "there is no operation '\(name)'")
        }
        return try await session.call(operation, arguments, at: self, matching: filter, manner: manner)
    }

    /// A change outside of the account, as one step: replayed, recovered or made now.
    ///
    /// What it is about to do is durable before, and what came of it before this returns. A change that was begun is
    /// finished and written down even when the run is cancelled meanwhile.
    ///
    /// - Parameters:
    ///   - name: what is done, with its module: `http.post`.
    ///   - arguments: what identifies it, for replay; they may hold secrets, since only a keyed digest is written.
    ///   - object: what people call what it is done to.
    ///   - recovery: what can be done when an answer was lost.
    ///   - live: does it. A failure whose `delivery` says that it was certainly not done is the outcome; one without, or
    ///     an ambiguous one, goes by `recovery`.
    /// - Returns: what came of it.
    /// - Throws: `RecipeError`.
    func perform(
        _ name: String, _ arguments: JSONObject, object: String?, recovery: OutsideRecovery,
        _ live: @escaping @Sendable (OutsideAttempt) async throws(RecipeError) -> JSONValue
    ) async throws(RecipeError) -> JSONValue {
        try await session.perform(name, arguments, object: object, recovery: recovery, at: self, live)
    }

    /// Something that changes nothing and takes its time, such as a wait: what came of it is recorded as a whole.
    ///
    /// - Parameters:
    ///   - name: what is asked.
    ///   - arguments: what identifies it, for replay.
    ///   - object: outside of the account, what people call what is asked.
    ///   - onReplay: gets what is recorded, where it is not asked.
    ///   - skipped: what it gives where a person left it out; `nil` where it then fails.
    ///   - live: asks.
    /// - Returns: the answer.
    /// - Throws: what `live` throws, and `RecipeError`.
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

    /// Something that returns at once, such as the time.
    func observeNow(_ name: String, _ live: () -> JSONValue) throws(RecipeError) -> JSONValue {
        let step = next()
        if let recorded = try session.recorded(step, name, "", site) { return try Self.value(recorded) }
        // What a plan drew is drawn again by the run that follows it, and by each trial of the recipe.
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
    /// The place as it is written down: a recipe can load text under a name that holds a secret.
    func text(for session: RunSession) -> String { line > 0 ? session.redactor.redact(description) : "" }
}
