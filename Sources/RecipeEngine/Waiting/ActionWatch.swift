internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// The actions that a run queued, and the looks at them.
///
/// Each server with an action that somebody waits for has one watcher. It looks at the first such action of the server, at
/// the time that `ActionForecast` predicts, and its result serves all waits. Waits themselves only wait.
final class ActionWatch: Sendable {
    /// The end of a wait.
    enum End {
        /// All actions succeeded.
        case done([ActionID: JSONValue])
        /// An action ended without success.
        case unsuccessful(ActionID, JSONValue)
        /// The action was still open at the time limit.
        case timedOut(ActionID)
        /// The action could not be read.
        case failed(RecipeError)
        /// The task was cancelled.
        case cancelled
    }

    /// The next step of a watcher.
    private enum Step {
        case look(ActionID)
        case pause(until: Timestamp, version: Int)
    }

    private let steps: StepRunner
    private let state: Mutex<State>
    private var time: any TimeSource { steps.time }

    init(_ steps: StepRunner, durations: ActionDurations) {
        self.steps = steps
        state = Mutex(State(forecast: ActionForecast(durations)))
    }

    // MARK: What the run knows

    /// The durations of actions by operation, learned by this run and by earlier ones.
    var durations: ActionDurations { state.withLock { $0.forecast.durations } }

    /// Remembers an action that a change of the run queued.
    func queued(_ id: ActionID, _ origin: ActionOrigin) {
        state.withLock { state in
            state.origins[id] = origin
            guard let server = origin.serverID else { return }
            state.forecast.queued(
                id, origin.operation, on: server, at: origin.queued, isEarlier: origin.isEarlier)
        }
    }

    /// Returns the origin of an action; `nil` if the run did not cause it.
    func origin(of id: ActionID) -> ActionOrigin? { state.withLock { $0.origins[id] } }

    /// Remembers that an action was seen to have ended.
    func ended(_ id: ActionID, at time: Timestamp) { state.withLock { $0.ended(id, at: time) } }

    /// The actions of the run that may still be open, as `create_app acmesite`, oldest first.
    var openActions: [String] {
        state.withLock { state in
            state.forecast.open.joined().compactMap { state.origins[$0] }
                .sorted { ($0.queued, $0.object) < ($1.queued, $1.object) }.map(\.subject)
        }
    }

    // MARK: Waiting

    /// Waits until actions have ended, or one of them ended without success.
    ///
    /// - Parameters:
    ///   - ids: the actions; at least one.
    ///   - timeout: the time limit from now on.
    ///   - session: the run, which makes the looks.
    ///   - executor: the executor of the run, so that its looks keep their order.
    /// - Returns: the end of the wait.
    func wait(
        for ids: OrderedSet<ActionID>, timeout: Duration, of session: RunSession, on executor: (any TaskExecutor)?
    ) async -> End {
        let number = begin(ids, timeout, session, executor)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let end = state.withLock { state -> End? in
                    if let end = state.waits[number]?.end {
                        state.waits[number] = nil
                        return end
                    }
                    state.waits[number]?.continuation = continuation
                    return nil
                }
                if let end { continuation.resume(returning: end) } else { steps.workEnded() }
            }
        } onCancel: {
            finish([number], .cancelled)
        }
    }

    private func begin(
        _ ids: OrderedSet<ActionID>, _ timeout: Duration, _ session: RunSession, _ executor: (any TaskExecutor)?
    ) -> Int {
        let now = time.steady
        let (number, servers) = state.withLock { state in
            state.count += 1
            let number = state.count
            let wait = Wait(started: now, deadline: now + timeout, call: .current, open: ids)
            state.waits[number] = wait
            var servers = OrderedSet<String>()
            for id in ids {
                let server = state.server(of: id)
                servers.append(server)
                var watched = state.watched[server] ?? Watched(deadline: wait.deadline)
                watched.waits[id, default: []].append(number)
                watched.deadline = min(watched.deadline, wait.deadline)
                watched.version += 1
                state.watched[server] = watched
            }
            return (number, servers)
        }
        for server in servers { startOrWake(server, session, executor) }
        return number
    }

    private func startOrWake(_ server: String, _ session: RunSession, _ executor: (any TaskExecutor)?) {
        let sleeper = state.withLock { state -> Task<Void, Never>? in
            if state.watched[server]?.task == nil {
                // The watcher counts as work from now on, so that a virtual clock stands still until it sleeps.
                steps.workBegan()
                state.watched[server]?.task = Task(executorPreference: executor) {
                    await RunningCall.$current.withValue(nil) {
                        await RequestLane.$current.withValue(server.hashValue) {
                            await self.watch(server, session, executor)
                        }
                    }
                    self.steps.workEnded()
                }
            }
            return state.watched[server]?.sleeper
        }
        sleeper?.cancel()
    }

    /// Ends waits, and the watchers that nobody needs any more.
    private func finish(_ numbers: [Int], _ end: End) {
        var woken: [CheckedContinuation<End, Never>] = []
        var unneeded: [Task<Void, Never>] = []
        state.withLock { state in
            for number in numbers {
                guard let wait = state.waits[number], wait.end == nil else { continue }
                if let continuation = wait.continuation {
                    woken.append(continuation)
                    state.waits[number] = nil
                } else {
                    state.waits[number]?.end = end
                }
                for id in wait.open {
                    let server = state.server(of: id)
                    state.watched[server]?.remove(number, from: id)
                    if case .cancelled = end, state.watched[server]?.waits.isEmpty == true,
                        let task = state.watched.removeValue(forKey: server)?.task
                    {
                        unneeded.append(task)
                    }
                }
            }
        }
        for task in unneeded { task.cancel() }
        for continuation in woken {
            steps.workBegan()
            continuation.resume(returning: end)
        }
    }

    // MARK: Watching

    /// Looks at the actions of a server until nobody waits for them.
    private func watch(_ server: String, _ session: RunSession, _ executor: (any TaskExecutor)?) async {
        while let step = next(server, session) {
            switch step {
            case .pause(let end, let version): await pause(until: end, server, version, executor)
            case .look(let id):
                do throws(RecipeError) {
                    take(try await session.poll(id), of: id, server, session)
                } catch {
                    guard !Task.isCancelled else { return }
                    failed(error, id, server, session)
                }
            }
        }
    }

    private func next(_ server: String, _ session: RunSession) -> Step? {
        let now = time.steady
        let (step, reports) = state.withLock { state -> (Step?, [Report]) in
            guard !Task.isCancelled, let watched = state.watched[server] else { return (nil, []) }
            guard !watched.waits.isEmpty else {
                state.watched[server] = nil
                return (nil, [])
            }
            if watched.deadline <= now, let late = state.lateAction(on: server, at: now) { return (.look(late), []) }
            guard
                let id = state.forecast.first(on: server, where: { watched.waits[$0] != nil })
                    ?? watched.waits.keys.min(by: { watched.looks[$0] ?? now < watched.looks[$1] ?? now })
            else { return (nil, []) }
            let look = watched.looks[id] ?? state.forecast.nextLook(at: id, on: server, now: now) ?? now
            let time = min(look, state.watched[server]?.deadline ?? look)
            guard time > now else { return (.look(id), state.reports(id, on: server, nextLook: nil)) }
            return (
                .pause(until: time, version: watched.version), state.reports(id, on: server, nextLook: time)
            )
        }
        for report in reports { report.send(session) }
        return step
    }

    /// Sleeps, unless something has changed the time of the next look.
    private func pause(
        until end: Timestamp, _ server: String, _ version: Int, _ executor: (any TaskExecutor)?
    ) async {
        let time = time
        let sleeper = Task(executorPreference: executor) { _ = try? await time.sleep(for: end - time.steady) }
        let isCurrent = state.withLock { state in
            guard state.watched[server]?.version == version else { return false }
            state.watched[server]?.sleeper = sleeper
            return true
        }
        if !isCurrent { sleeper.cancel() }
        await withTaskCancellationHandler {
            await sleeper.value
        } onCancel: {
            sleeper.cancel()
        }
        state.withLock { $0.watched[server]?.sleeper = nil }
    }

    /// Takes the state of an action from a look.
    private func take(_ action: JSONValue, of id: ActionID, _ server: String, _ session: RunSession) {
        let now = time.steady
        guard action["status"]?.stringValue != "open" else {
            let late = state.withLock { state in
                state.seenOpen(id, on: server, at: now)
                return state.waits(for: id, on: server, until: now)
            }
            finish(late, .timedOut(id))
            return
        }
        let isSuccess = action["status"]?.stringValue == "success"
        var (waits, done): ([Wait], [(Int, [ActionID: JSONValue])]) = ([], [])
        state.withLock { state in
            state.ended(id, at: now)
            for number in state.watched[server]?.waits[id] ?? [] {
                guard let wait = state.waits[number] else { continue }
                waits.append(wait)
                guard isSuccess else { continue }
                state.waits[number]?.open.remove(id)
                state.waits[number]?.ended[id] = action
                if wait.open.count == 1 { done.append((number, state.waits[number]?.ended ?? [:])) }
            }
            guard isSuccess else { return }
            state.watched[server]?.waits[id] = nil
        }
        guard isSuccess else {
            let numbers = state.withLock { $0.watched[server]?.waits[id] ?? [] }
            return finish(numbers, .unsuccessful(id, action))
        }
        let origin = origin(of: id)
        for wait in waits {
            session.output.emit(
                .waited(
                    RunEvent.Wait(
                        actionID: id, subject: origin?.subject ?? "action \(id)",
                        elapsed: now - (origin?.queued ?? wait.started))))
        }
        for (number, ended) in done { finish([number], .done(ended)) }
    }

    /// Handles a failed look: looks are repeated as long as the failure may pass.
    private func failed(_ error: RecipeError, _ id: ActionID, _ server: String, _ session: RunSession) {
        let now = time.steady
        let mayPass = ServerPilotError.Code(rawValue: error.code).mayPass
        let (ended, late) = state.withLock { state -> ([Int], [Int]) in
            guard var watched = state.watched[server] else { return ([], []) }
            let failures = (watched.failedLooks[id] ?? 0) + 1
            watched.failedLooks[id] = failures
            watched.looks[id] = now + PollSchedule.afterFailure * failures
            state.watched[server] = watched
            guard mayPass, failures < session.limits.failedPolls else { return (watched.waits[id] ?? [], []) }
            return ([], state.waits(for: id, on: server, until: now))
        }
        finish(ended, .failed(error))
        finish(late, .timedOut(id))
    }
}
