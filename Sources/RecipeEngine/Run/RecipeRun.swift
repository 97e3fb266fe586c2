internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// One run of a recipe.
public struct RecipeRun: Sendable {
    private let host: LuaHost
    private let session: RunSession
    private let source: RecipeSource

    init(host: LuaHost, session: RunSession, source: RecipeSource) {
        self.host = host
        self.session = session
        self.source = source
    }

    /// Runs the recipe to its end.
    ///
    /// To be called once.
    ///
    /// - Throws: `RecipeFailure`.
    public func finish() async throws(RecipeFailure) -> RecipeOutcome {
        let failure: RecipeFailure?
        do throws(LuaError) {
            let values = try await host.run(source: source.text, name: source.name)
            try takeResult(values)
            failure = nil
        } catch {
            failure = RecipeFailure(error, source: source, redactor: session.redactor, summary: session.summary)
        }
        if let failure = await end(failure) { throw failure }
        let redactor = session.redactor
        return RecipeOutcome(
            result: session.result.map(Secret.init), redactedResult: session.result.map(redactor.redact),
            summary: session.summary)
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
            return RecipeFailure(
                reason, at: failure, redactor: session.redactor, summary: session.summary)
        }
        var body: JSONObject = ["status": failure == nil ? "done" : "failed"]
        if let failure {
            body["code"] = .string(failure.code)
            body["message"] = .string(failure.message)
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

    /// What was done so far.
    public var summary: RunSummary { session.summary }

    /// A table that the recipe returns counts as its result, unless it called `sp.result`.
    private func takeResult(_ values: [LuaValue]) throws(LuaError) {
        guard session.result == nil, let value = values.first, case .table = value else { return }
        do throws(UnsendableValue) {
            if let result = try JSONValue(value) { session.set(result: result) }
        } catch {
            throw LuaError(
                code: .values,
                message: "the recipe returns \(error.found)\(error.path.isEmpty ? "" : " in '\(error.path)'"), "
                    + "which cannot be part of a result")
        }
    }
}
