internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension ActionWatch {
    /// One wait of a call.
    struct Wait {
        let started: Timestamp
        let deadline: Timestamp
        /// The call of the recipe, which reports what it waits for.
        let call: RunningCall?
        var open: OrderedSet<ActionID>
        var ended: [ActionID: JSONValue] = [:]
        var end: End?
        var continuation: CheckedContinuation<End, Never>?
    }

    /// A server that is watched, or an action of an unknown server.
    struct Watched {
        /// The waits for each action, in the order in which they began.
        var waits = OrderedDictionary<ActionID, [Int]>()
        /// No wait ends before; it may be too early.
        var deadline: Timestamp
        var task: Task<Void, Never>?
        var sleeper: Task<Void, Never>?
        /// Grows with each change that can make the next look earlier.
        var version = 0
        var failedLooks: [ActionID: Int] = [:]
        /// The times of the next looks that no forecast decides: after failures, and at actions of unknown servers.
        var looks: [ActionID: Timestamp] = [:]
    }

    /// The open actions, the waits, and the watchers.
    struct State {
        var forecast: ActionForecast
        var origins: [ActionID: ActionOrigin] = [:]
        var watched: [String: Watched] = [:]
        var waits: [Int: Wait] = [:]
        var count = 0
    }

    /// The report of a call that waits: its subject, the next look, and the time limit.
    struct Report {
        let call: RunningCall
        let subject: String
        let server: String?
        let others: Int
        let since: Timestamp
        let nextLook: Timestamp?
        let limit: Timestamp

        func send(_ session: RunSession) {
            let server = server.flatMap(session.knowledge.name(ofID:)).map { " on \($0)" } ?? ""
            let more = others == 0 ? "" : others == 1 ? " and 1 more action" : " and \(others) more actions"
            call.waits(for: subject + server + more, since: since, nextLook: nextLook, limit: limit)
        }
    }
}

extension ActionWatch.Watched {
    mutating func remove(_ number: Int, from id: ActionID) {
        waits[id]?.removeAll { $0 == number }
        if waits[id]?.isEmpty == true { waits[id] = nil }
    }
}

extension ActionWatch.State {
    /// Returns the key of the watcher of an action.
    func server(of id: ActionID) -> String { origins[id]?.serverID ?? "of action \(id)" }

    mutating func ended(_ id: ActionID, at time: Timestamp) {
        guard let server = origins[id]?.serverID else { return }
        forecast.ended(id, on: server, at: time)
    }

    mutating func seenOpen(_ id: ActionID, on server: String, at time: Timestamp) {
        watched[server]?.failedLooks[id] = nil
        watched[server]?.looks[id] = nil
        if let known = origins[id]?.serverID { return forecast.seenOpen(id, on: known, at: time) }
        let began = waits(for: id, on: server, until: nil).compactMap { waits[$0]?.started }.min() ?? time
        watched[server]?.looks[id] = time + PollSchedule.pause(age: time - began)
    }

    /// Returns the waits for an action, or those whose time limit has passed.
    func waits(for id: ActionID, on server: String, until time: Timestamp?) -> [Int] {
        (watched[server]?.waits[id] ?? []).filter { number in
            time.map { waits[number]?.deadline ?? $0 <= $0 } ?? true
        }
    }

    /// Returns the first action of a wait whose time limit has passed: it may have ended in the meantime.
    mutating func lateAction(on server: String, at time: Timestamp) -> ActionID? {
        guard let actions = watched[server]?.waits else { return nil }
        var next: Timestamp?
        for (id, numbers) in actions {
            for number in numbers {
                guard let deadline = waits[number]?.deadline else { continue }
                guard deadline > time else { return id }
                next = min(next ?? deadline, deadline)
            }
        }
        if let next { watched[server]?.deadline = next }
        return nil
    }

    /// Returns what the calls show that wait for an action.
    func reports(_ id: ActionID, on server: String, nextLook: Timestamp?) -> [ActionWatch.Report] {
        let origin = origins[id]
        return (watched[server]?.waits[id] ?? []).compactMap { number in
            guard let wait = waits[number], let call = wait.call else { return nil }
            return ActionWatch.Report(
                call: call, subject: origin?.subject ?? "action \(id)", server: origin?.serverID,
                others: wait.open.count - 1, since: origin?.queued ?? wait.started, nextLook: nextLook,
                limit: wait.deadline)
        }
    }
}
