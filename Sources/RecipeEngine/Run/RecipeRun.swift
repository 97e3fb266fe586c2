internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// One run of a recipe.
public struct RecipeRun: Sendable {
    private let host: LuaHost
    private let session: RunSession
    private let source: RecipeSource
    private let header: RecipeHeader?
    private let loader: RecipeLoader
    private let parameters: [String: String]
    private let undoing: [OutsideChange]?

    init(
        host: LuaHost, session: RunSession, source: RecipeSource, header: RecipeHeader?, loader: RecipeLoader,
        parameters: [String: String], undoing: [OutsideChange]?
    ) {
        self.undoing = undoing
        self.header = header
        self.host = host
        self.session = session
        self.source = source
        self.loader = loader
        self.parameters = parameters
    }

    /// Runs the recipe to its end.
    ///
    /// To be called once.
    ///
    /// - Throws: `RecipeFailure`.
    public func finish() async throws(RecipeFailure) -> RecipeOutcome {
        let failure: RecipeFailure?
        do throws(LuaError) {
            let (chunk, realm) = try await loader.root(source, on: host)
            let values = try await host.call(chunk)
            switch (try header(of: realm), undoing) {
            case (let read?, nil): try await finish(read, realm)
            case (let read?, let changes?): try await undo(changes, read, realm)
            case (nil, nil): try takeResult(values)
            case (nil, _?): break
            }
            failure = nil
        } catch {
            failure = RecipeFailure(
                error, sources: [source] + loader.sources, redactor: session.redactor, summary: session.summary)
        }
        if let failure = await end(failure) { throw failure }
        let redactor = session.redactor
        let given = session.result.map(session.generated.withoutUnused)
        return RecipeOutcome(
            result: given.map { Secret($0.result) }, redactedResult: given.map { redactor.redact($0.result) },
            unusedSecrets: given?.places ?? [], redactor: redactor, summary: session.summary)
    }

    private func header(of realm: RecipeRealm) throws(LuaError) -> ReadRecipe? {
        do throws(RecipeError) { return try loader.header(of: realm) } catch { throw LuaError(raised: error) }
    }

    /// Runs what a header describes: parameters first, then its body.
    private func finish(_ read: ReadRecipe, _ realm: RecipeRealm) async throws(LuaError) {
        let header = read.header
        guard self.header == nil || self.header == header else {
            throw LuaError(
                raised: RecipeError(
                    code: RecipeError.badHeader,
                    message: "'\(header.name)' says something else of itself than it did before",
                    hint: "a header must not depend on chance"))
        }
        guard let body = read.run else {
            throw LuaError(
                raised: RecipeError(
                    code: RecipeError.badHeader, message: "'\(header.name)' is a library: it gives functions to others",
                    hint: "local \(header.name.replacing("-", with: "_")) = import \"\(header.name)\""))
        }
        let parameters = try await checkedParameters(header, realm)
        let results = try await host.call(body, arguments: parameters)
        // What sp.result has set counts, and is held to the header like a table that is returned.
        let result = session.result.map { LuaValue($0) } ?? results.first ?? .nil
        do throws(RecipeError) { try header.check(result, for: session) } catch {
            throw LuaError(raised: error)
        }
        try takeResult(results)
    }

    /// Takes back what a run of the recipe has done outside of the account, by the function that its header has for it.
    private func undo(_ changes: [OutsideChange], _ read: ReadRecipe, _ realm: RecipeRealm) async throws(LuaError) {
        guard let undo = read.undo else { return }
        let parameters = try await checkedParameters(read.header, realm)
        let done = LuaTable(
            changes.map { change -> LuaValue in
                .table([
                    "call": .string(change.name), "object": change.object.map { .string($0) } ?? .nil,
                    "lost": .boolean(change.isLost),
                ])
            })
        _ = try await host.call(undo, arguments: parameters + [.table(done)])
    }

    private func checkedParameters(_ header: RecipeHeader, _ realm: RecipeRealm) async throws(LuaError) -> [LuaValue] {
        let given = parameters.sorted { $0.key < $1.key }.map { LuaTable.Field(key: $0.key, value: .string($0.value)) }
        // Names and paths are texts; what is in files and secrets says nothing of them.
        realm.give(header.parameters.filter { $0.kind == .string }.compactMap { parameters[$0.name] })
        // On the host, so that its look-ups have their turns like the recipe's calls.
        let checking = try await host.makeFunction(
            HostFunction(
                "parameters",
                async: { call in
                    // By what is looked up, so that another parameter does not move the others' steps.
                    let scopes = { (kind: ResourceKind) in StepScope(session, "/parameters/\(kind)", realm) }
                    return [.table(try await loader.read(given, of: header, scopes, call))]
                }))
        return try await host.call(checking)
    }

    /// Writes down how the run ended.
    ///
    /// - Returns: the failure to report: a stop from outside the recipe comes before what the recipe made of it.
    private func end(_ failure: RecipeFailure?) async -> RecipeFailure? {
        if failure == nil {
            do throws(RunStop) {
                try session.recorder.expectNothingLeft()
                if let left = session.following?.leftover {
                    throw .differs(planned: left.words, now: "the end of the recipe", fields: [])
                }
            } catch {
                _ = session.stop(error)
            }
        }
        if let reason = session.stopReason {
            // What was read and waited for is not asked again when the run goes on; a recipe that goes another way than
            // it did leaves nothing in the record.
            if !reason.isDivergence { try? await session.recorder.flush() }
            return RecipeFailure(
                reason, at: failure, redactor: session.redactor, summary: session.summary)
        }
        var body: JSONObject = ["status": failure == nil ? "done" : "failed"]
        if let failure {
            body["code"] = .string(failure.code)
            body["message"] = .string(failure.message)
        } else if let result = session.result.map({ session.generated.withoutUnused($0).result }), result.survivesBytes
        {
            // A process that dies before it has told its result leaves it here.
            body["result"] = result
        }
        do throws(RunStop) {
            try await session.recorder.commit(JournalEntry(.ended, time: session.time.now, body: body))
        } catch {
            return failure ?? RecipeFailure(error, at: nil, redactor: session.redactor, summary: session.summary)
        }
        return failure
    }

    /// Stops the run, from any thread: a change in flight is finished, everything else ends now; `finish` throws a
    /// failure with the code `cancelled`.
    public func cancel() { host.cancel() }

    /// The names of the generated secrets that something was sent with and not refused: they may open something.
    public var secretsInUse: Set<String> { session.generated.inUse }

    /// What was done so far.
    public var summary: RunSummary { session.summary }

    /// A table that the recipe returns counts as its result, unless it called `sp.result`.
    private func takeResult(_ values: [LuaValue]) throws(LuaError) {
        guard session.result == nil, let value = values.first, case .table = value else { return }
        do throws(UnsendableValue) {
            if let result = try JSONValue(value, empty: .object) { session.set(result: result) }
        } catch {
            throw LuaError(
                code: .values,
                message: "the recipe returns \(error.found)\(error.path.isEmpty ? "" : " in '\(error.path)'"), "
                    + "which cannot be part of a result")
        }
    }
}
