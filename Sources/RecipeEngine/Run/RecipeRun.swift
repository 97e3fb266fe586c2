internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
package import ServerPilot

/// One run of a recipe.
///
/// ```swift
/// func run(_ source: RecipeSource, by engine: RecipeEngine) async throws -> RecipeOutcome {
///     let run = try engine.start(source, parameters: [:])
///     return try await withTaskCancellationHandler {
///         try await run.finish()
///     } onCancel: {
///         run.cancel()  // a change in flight is finished first
///     }
/// }
/// ```
public struct RecipeRun: Sendable {
    let host: LuaHost
    let session: RunSession
    let source: RecipeSource
    let header: RecipeHeader?
    let loader: RecipeLoader
    let parameters: [String: String]
    let undoing: [OutsideChange]?

    /// Runs the recipe to its end; must be called only once.
    ///
    /// - Throws: `RecipeFailure`.
    public func finish() async throws(RecipeFailure) -> RecipeOutcome {
        let failure: RecipeFailure?
        do throws(LuaError) {
            let (chunk, realm) = try await loader.root(source, on: host)
            let values = try await host.call(chunk).prefix(1).map { session.secrets.open($0) }
            switch (try header(of: realm), undoing) {
            case (let read?, nil): try await finish(read, realm)
            case (let read?, let changes?): try await undo(changes, read, realm)
            case (nil, nil): try takeResult(values)
            case (nil, _?): break
            }
            failure = nil
        } catch {
            failure = session.failure(error, in: [source] + loader.sources)
        }
        if let failure = await end(failure) { throw failure }
        let redactor = session.redactor
        let given = resultWithoutUnused
        var summary = session.tally.summary
        summary.openActions = session.actions.openActions.map(redactor.redact)
        return RecipeOutcome(
            result: given.map { Secret($0.value) }, redactedResult: given.map { redactor.redact($0.value) },
            unusedSecrets: given?.places ?? SecretPlaces(), unusedMembers: given?.members ?? [], redactor: redactor,
            summary: summary)
    }

    private var resultWithoutUnused: ResultWithoutUnused? {
        session.result.map { session.generated.withoutUnused($0, redactedBy: session.redactor) }
    }

    private func header(of realm: RecipeRealm) throws(LuaError) -> ReadRecipe? {
        do throws(RecipeError) { return try loader.header(of: realm) } catch { throw LuaError(raised: error) }
    }

    /// Runs a recipe with a header: checks the parameters, then calls its `run` function.
    private func finish(_ read: ReadRecipe, _ realm: RecipeRealm) async throws(LuaError) {
        let header = read.header
        guard self.header == nil || self.header == header else {
            throw LuaError(
                raised: RecipeError(
                    code: RecipeError.badHeader,
                    message: "the header of '\(header.name)' changed since the recipe was first read",
                    hint: "a header must return the same values each time"))
        }
        guard let body = read.run else {
            throw LuaError(
                raised: RecipeError(
                    code: RecipeError.badHeader,
                    message: "'\(header.name)' is a library: it has no run function. Import it from a recipe",
                    hint: "local \(header.name.replacing("-", with: "_")) = import \"\(header.name)\""))
        }
        let parameters = try await checkedParameters(header, realm)
        let results = try await host.call(body, arguments: parameters).prefix(1).map { session.secrets.open($0) }
        // The value of `sp.result` takes precedence, and must match the header like a returned table.
        let result = session.result.map { LuaValue($0) } ?? results.first ?? .nil
        do throws(RecipeError) { try header.check(result, for: session) } catch {
            throw LuaError(raised: error)
        }
        try takeResult(results)
    }

    /// Takes back a run's changes outside the account with the `undo` function of the recipe's header.
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
        // A string can name a host or path, which the user thereby grants; secrets and contents of files cannot.
        realm.give(header.parameters.filter { $0.kind == .string }.compactMap { parameters[$0.name] })
        // Check on the host, so that lookups take turns like the recipe's calls.
        let checking = try await host.makeFunction(
            HostFunction(
                "parameters",
                async: { call in
                    // Use a scope for each kind of resource, so that another parameter does not change the step ids of
                    // the others.
                    let scopes = { (kind: ResourceKind) in StepScope(session, parameters: kind, realm) }
                    return [.table(try await loader.read(given, of: header, scopes, realm, call))]
                }))
        return try await host.call(checking)
    }

    /// Records how the run ended.
    ///
    /// - Returns: the failure to report; a stop from outside the recipe takes precedence over the recipe's own failure.
    private func end(_ failure: RecipeFailure?) async -> RecipeFailure? {
        if failure == nil {
            do throws(StepStop) {
                try session.steps.expectNothingLeft()
                if let left = session.following?.leftover {
                    _ = session.stop(.differs(planned: left.words, now: "the end of the recipe", fields: []))
                }
            } catch {
                _ = session.stop(RunStop(error))
            }
        }
        if let reason = session.stopReason {
            // Keep reads and waits, so that a resumed run does not repeat them. A diverged recipe must add nothing to
            // the record.
            if !reason.isDivergence { try? await session.steps.keepReads() }
            return RecipeFailure(
                reason, at: failure, redactor: session.redactor, summary: session.tally.summary)
        }
        let end: Entry.End.Result
        if let failure {
            end = .failed(code: failure.code, message: failure.message)
        } else {
            // Keep the result here in case the process dies before it reports it.
            end = .done(resultWithoutUnused.flatMap { $0.value.survivesBytes ? $0.value : nil })
        }
        do throws(StepStop) {
            try await session.steps.end(Entry.End(end))
        } catch {
            return failure
                ?? RecipeFailure(RunStop(error), at: nil, redactor: session.redactor, summary: session.tally.summary)
        }
        return failure
    }

    /// Stops the run; can be called from any thread.
    ///
    /// A change in flight is finished, and everything else ends at once. `finish` throws a failure with the code
    /// `cancelled`.
    public func cancel() { host.cancel() }

    /// The names of the generated secrets that were sent and not refused, so that they may open something.
    public var secretsInUse: Set<String> { session.generated.inUse }

    /// How long actions took, by operation, in this run and in earlier ones.
    package var durations: ActionDurations { session.actions.durations }

    /// The counts so far.
    public var summary: RunSummary { session.tally.summary }

    /// Takes the returned value as the result, unless the recipe called `sp.result`.
    private func takeResult(_ values: [LuaValue]) throws(LuaError) {
        guard session.result == nil, let value = values.first, !value.isNil else { return }
        do throws(UnsendableValue) {
            if let result = try JSONValue(value, empty: .object) { session.set(result: result) }
        } catch {
            throw LuaError(
                code: .values,
                message: "the recipe returns \(error.found)\(error.path.isEmpty ? "" : " in '\(error.path)'"), "
                    + "which a result cannot contain")
        }
    }
}
