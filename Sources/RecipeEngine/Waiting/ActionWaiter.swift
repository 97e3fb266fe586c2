internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// A wait for actions that polls one action at a time.
///
/// It interleaves the polls for different servers. It polls actions of the same server in order, because a server runs
/// one action after the other.
struct ActionWaiter {
    let session: RunSession
    let timeout: Duration

    /// An action that has not been seen to end.
    private struct Pending {
        let id: ActionID
        let origin: ActionOrigin?
        var nextPoll: Timestamp
        var failedPolls = 0
    }

    /// Waits until all actions have ended.
    ///
    /// - Returns: the actions in the order of `ids`.
    /// - Throws: `RecipeError` with `actionFailed` as soon as an action is seen to have ended in `error`, with
    ///   `waitTimedOut` after the time limit, or with the API's error; `CancellationError`.
    func wait(for ids: [ActionID]) async throws -> [JSONValue] {
        let started = session.time.steady
        var queues = self.queues(of: ids, at: started)
        var ended: [ActionID: JSONValue] = [:]
        while let (server, pending) = queues.compactMap({ key, queue in queue.first.map { (key, $0) } })
            .min(by: { $0.1.nextPoll < $1.1.nextPoll })
        {
            let others = queues.values.reduce(0) { $0 + $1.count } - 1
            try await pause(until: pending.nextPoll, pending, and: others, started: started)
            var polled = pending
            switch try await poll(&polled, started: started) {
            case nil: queues[server]?[0] = polled
            case let action?:
                ended[pending.id] = action
                queues[server]?.removeFirst()
                let now = session.time.steady
                if queues[server]?.isEmpty == false { queues[server]?[0].nextPoll = now }
            }
        }
        return ids.compactMap { ended[$0] }
    }

    private func queues(of ids: [ActionID], at now: Timestamp) -> OrderedDictionary<String, [Pending]> {
        var queues = OrderedDictionary<String, [Pending]>()
        for id in OrderedSet(ids) {
            let origin = session.knowledge.origin(of: id)
            let pending = Pending(id: id, origin: origin, nextPoll: max(due(id, origin) ?? now, now))
            queues[origin?.serverID ?? "of action \(id)", default: []].append(pending)
        }
        return queues
    }

    /// Returns the time of the first poll; `nil` to poll at once.
    ///
    /// The run knows nothing of an action that it did not cause. It does not know when an action of an earlier
    /// execution ended. If the last poll was long ago because the recipe did other work, the time lies in the past.
    private func due(_ id: ActionID, _ origin: ActionOrigin?) -> Timestamp? {
        guard let origin else { return nil }
        let lastLook = session.knowledge.lastLook(at: id) ?? origin.queued
        guard !origin.isEarlier || lastLook > origin.queued else { return nil }
        return lastLook + pauseBeforePoll(of: id, queued: origin.queued, lastLook: lastLook)
    }

    private func pauseBeforePoll(of id: ActionID, queued: Timestamp, lastLook: Timestamp) -> Duration {
        PollSchedule.pause(age: lastLook - queued, remaining: session.knowledge.remaining(of: id, at: lastLook))
    }

    private func pause(
        until time: Timestamp, _ pending: Pending, and others: Int, started: Timestamp
    ) async throws {
        let deadline = started + timeout
        let now = session.time.steady
        // At the deadline one last poll follows: the action may have ended in the meantime.
        let next = min(time, deadline)
        guard next > now else { return }
        report(pending, and: others, nextLook: next, started: started)
        try await session.time.sleep(for: next - now)
        report(pending, and: others, nextLook: nil, started: started)
    }

    /// Reports what the call waits for: the action that it polls next, and the number of other actions.
    private func report(_ pending: Pending, and others: Int, nextLook: Timestamp?, started: Timestamp) {
        guard let call = RunningCall.current else { return }
        let server = pending.origin?.serverID.flatMap(session.knowledge.name(ofID:)).map { " on \($0)" } ?? ""
        let more = others == 0 ? "" : others == 1 ? " and 1 more action" : " and \(others) more actions"
        call.waits(
            for: subject(of: pending) + server + more, since: pending.origin?.queued ?? started, nextLook: nextLook,
            limit: started + timeout)
    }

    private func subject(of pending: Pending) -> String { pending.origin?.subject ?? "action \(pending.id)" }

    /// Polls once; returns `nil` while the action is open or if the poll failed temporarily.
    private func poll(_ pending: inout Pending, started: Timestamp) async throws -> JSONValue? {
        let id = pending.id
        let action: JSONValue
        do throws(RecipeError) {
            action = try await session.poll(id)
            pending.failedPolls = 0
        } catch {
            pending.failedPolls += 1
            guard ServerPilotError.Code(rawValue: error.code).mayPass, pending.failedPolls < session.limits.failedPolls
            else { throw error }
            try await checkTime(pending, started: started)
            pending.nextPoll = session.time.steady + PollSchedule.shortest * pending.failedPolls
            return nil
        }
        try Task.checkCancellation()
        let now = session.time.steady
        let wait = told(of: pending, at: now, started: started)
        switch action["status"]?.stringValue {
        case "open":
            session.knowledge.note(id, hasEnded: false)
            try await checkTime(pending, started: started)
            pending.nextPoll = now + pauseBeforePoll(of: id, queued: pending.origin?.queued ?? started, lastLook: now)
            return nil
        case "success":
            session.knowledge.note(id, hasEnded: true)
            session.output.emit(.waited(wait))
            return action
        case let status:
            session.knowledge.note(id, hasEnded: true)
            throw failure(of: wait, status: status ?? "nothing", action)
        }
    }

    private func told(of pending: Pending, at now: Timestamp, started: Timestamp) -> RunEvent.Wait {
        RunEvent.Wait(
            actionID: pending.id, subject: subject(of: pending),
            elapsed: now - (pending.origin?.queued ?? started))
    }

    private func failure(of wait: RunEvent.Wait, status: String, _ action: JSONValue) -> RecipeError {
        let server =
            action["serverid"]?.stringValue.map { " on server \(session.knowledge.name(ofID: $0) ?? $0)" } ?? ""
        let isSSL = session.knowledge.origin(of: wait.actionID).map { $0.operation.rawValue.contains("ssl") } ?? false
        return RecipeError(
            code: RecipeError.actionFailed,
            message:
                "\(wait.subject)\(server): action \(wait.actionID) ended in '\(status)' after \(wait.elapsed.shortText)",
            operation: "wait", object: wait.actionID.rawValue,
            hint: isSSL
                ? "a certificate sometimes works although its action failed: check it with sp.app(id)"
                : "the record exists, but ServerPilot's work on the server failed: check the server's log in "
                    + "ServerPilot",
            token: "wait")
    }

    private func checkTime(_ pending: Pending, started: Timestamp) async throws {
        let now = session.time.steady
        guard now - started >= timeout else { return }
        let age = now - (pending.origin?.queued ?? started)
        let server = pending.origin?.serverID
        let known = await serverDescription(server)
        let subject = pending.origin.map { "\($0.subject)\(known.name): " } ?? ""
        throw RecipeError(
            code: RecipeError.waitTimedOut,
            message:
                "\(subject)action \(pending.id) is still open after \(age.shortText) (timeout \(timeout.shortText))",
            operation: "wait", object: pending.id.rawValue,
            hint: known.hasConnected
                ? "pass a longer timeout: sp.wait(action, { timeout = \"30m\" })"
                : "the server has never connected: actions stay open until the installer has run on it",
            token: "wait")
    }

    /// Returns the server's name for the error message and whether it ever connected, which is assumed if it cannot be
    /// read.
    private func serverDescription(_ id: String?) async -> (name: String, hasConnected: Bool) {
        guard let id else { return ("", true) }
        guard let operation = ServerPilot.Operation.named("server"),
            case .success(let server) = await session.look(operation, ["id": .string(id)]),
            let name = server["name"]?.stringValue
        else { return (" on server \(id)", true) }
        return (" on server \(name)", server["lastconn"]?.integerValue != nil)
    }
}
