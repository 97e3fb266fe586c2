public import Groundwork
public import OrderedCollections
internal import Synchronization

/// A line of steps that a program makes one after the other; concurrent lines branch off it.
///
/// ```swift
/// func order(
///     on line: StepLine, orders: @escaping @Sendable () async throws -> [Sighting.Candidate],
///     post: @escaping @Sendable (_ key: String) async throws -> JSONValue
/// ) async throws -> JSONValue {
///     try await line.change(
///         "create order", ["reference": "A-17"], recovery: .lookup(Lookup(isUnique: true)), look: orders
///     ) { attempt in
///         try await post(attempt.marker)
///     }
/// }
/// ```
public final class StepLine: Sendable {
    /// The runner of all lines of the program.
    package let runner: StepRunner
    private let path: CoroutinePath
    private let calls = Mutex(0)

    init(_ runner: StepRunner, path: CoroutinePath = .root) {
        self.runner = runner
        self.path = path
    }

    private func next(_ name: String, _ arguments: JSONObject) -> StepCall {
        let step = StepID(.coroutine(path), call: calls.withLock { $0.increment() }, part: 1)
        return StepCall(step, Call(recorded: name), digest: runner.digest(arguments))
    }

    /// Makes an observation, such as a read: another execution of the program gets the recorded value.
    ///
    /// - Parameters:
    ///   - name: the name of the step.
    ///   - arguments: the values that identify the step on replay; only a keyed digest of them is recorded.
    ///   - live: makes the observation.
    /// - Returns: the value.
    /// - Throws: `StepStop` if the program differs from the record; the recorded `StepFailure`; `CancellationError` if
    ///   the run was stopped before the step; the error of `live`. A `StepFailing` error of `live` is recorded.
    public func observe(
        _ name: String, _ arguments: JSONObject = [:], _ live: () async throws -> JSONValue
    ) async throws -> JSONValue {
        let call = next(name, arguments)
        await runner.turnOfFailures(call)
        return try await runner.observe(call, words: name, live)
    }

    /// Makes a change: another execution of the program gets the recorded reply, or recovers the change.
    ///
    /// - Parameters:
    ///   - name: the name of the step.
    ///   - arguments: the values that identify the step on replay; only a keyed digest of them is recorded.
    ///   - recovery: the reaction to a lost reply.
    ///   - look: returns the resources that may be the result; needed if `recovery` is a lookup, otherwise not called.
    ///   - send: sends the request once, and returns its reply. An error that is no `StepFailing` counts as a lost reply.
    /// - Returns: the reply, or the value of the resource that a lookup found.
    /// - Throws: `StepError`: `failed` with the failure of `send`, if the change was certainly not made; `stopped` if
    ///   the run cannot continue.
    public func change(
        _ name: String, _ arguments: JSONObject = [:], recovery: Recovery,
        look: (@Sendable () async throws -> [Sighting.Candidate])? = nil,
        _ send: @escaping @Sendable (ChangeAttempt) async throws -> JSONValue
    ) async throws(StepError) -> JSONValue {
        let change = LineChange(
            call: next(name, arguments), object: nil, words: name,
            rules: ChangeRules(look == nil ? .update : .create, recovery, key: look == nil ? nil : arguments),
            candidates: look, send: send)
        await runner.turnOfFailures(change.call)
        let recorded: RecordedStep?
        do throws(StepStop) { recorded = try runner.take(change.call, isChange: true) } catch { throw .stopped(error) }
        if let outcome = recorded?.result?.outcome {
            await runner.turn(change.call)
            if let failure = outcome.failure { throw .failed(failure) }
            return outcome.data ?? .null
        }
        if recorded == nil { try await runner.begin(name, at: "") }
        return try await runner.make(
            change, after: recorded, decision: runner.takeDecision(about: change.call.step)
        ).data
    }

    /// Runs a body for each item concurrently, each on a line of its own, and returns the results in order.
    ///
    /// The lines of an execution are the same however they interleave. The first error cancels the others.
    ///
    /// - Parameters:
    ///   - items: the items.
    ///   - body: runs on the line of the item.
    /// - Returns: the results.
    /// - Throws: the first error.
    public func each<Item: Sendable, Value: Sendable>(
        _ items: [Item], _ body: @escaping @Sendable (StepLine, Item) async throws -> Value
    ) async throws -> [Value] {
        let number = calls.withLock { $0.increment() }
        return try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            for (index, item) in items.enumerated() {
                let level = CoroutinePath.Level(call: number, batch: 1, index: index)
                let line = StepLine(runner, path: CoroutinePath(path.levels + [level]))
                runner.workBegan()
                group.addTask {
                    defer { line.runner.workEnded() }
                    return (index, try await body(line, item))
                }
            }
            // Only the branches can make progress meanwhile.
            runner.workEnded()
            defer { runner.workBegan() }
            var values: [Int: Value] = [:]
            for try await (index, value) in group { values[index] = value }
            return items.indices.compactMap { values[$0] }
        }
    }
}

/// A change of a line, made by closures.
private struct LineChange: DurableChange {
    let call: StepCall
    let object: String?
    let words: String
    let rules: ChangeRules
    let candidates: (@Sendable () async throws -> [Sighting.Candidate])?
    let send: @Sendable (ChangeAttempt) async throws -> JSONValue

    func look(_ reason: LookReason) async -> Result<Sighting, StepFailure> {
        do {
            return .success(.resources(try await candidates?() ?? []))
        } catch {
            return .failure(StepFailure(error, code: "look_failed"))
        }
    }

    func send(_ attempt: ChangeAttempt) async throws(SendFailure) -> ChangeReply {
        do {
            return ChangeReply(try await send(attempt))
        } catch {
            throw SendFailure(StepFailure(error, code: "send_failed"))
        }
    }
}

extension StepFailure {
    /// Creates the record of any error; unless it says what is known about a change, the change may have been made.
    fileprivate init(_ error: any Error, code: String) {
        self = (error as? any StepFailing)?.stepFailure ?? StepFailure(code: code, message: "\(error)")
    }
}
