public import Groundwork
internal import OrderedCollections
public import ServerPilot

extension Account {
    /// The minimum time for which ended actions are kept: a client may still be waiting for them.
    static let rememberedAfterEnd = Duration.seconds(86400)

    /// Appends an action to the server's queue; actions of a server run one after another (inferred).
    mutating func queue(_ operation: Operation.Name, on serverID: ServerID, at moment: inout Moment) -> ActionID {
        let work = moment.plan.work(operation, on: serverID, random: &moment.random)
        let id = ActionID(moment.newID(settings.rules))
        let end = servers[serverID]?.schedule(work.duration, from: moment.now, by: settings.rules)
        actions[id] = ActionRecord(
            id: id, serverID: serverID, operation: operation, created: moment.now, duration: work.duration,
            outcome: work.outcome, end: end ?? nil)
        forgetOldActions(at: moment.now)
        return id
    }

    private mutating func forgetOldActions(at now: Timestamp) {
        // A pass reads every action, so it runs only once per 10 % of the limit.
        let step = max(1, settings.rememberedActions / 10)
        guard actions.count > settings.rememberedActions, actions.count.isMultiple(of: step) else { return }
        actions.removeAll { action in
            guard let end = action.end else { return false }
            return end + Self.rememberedAfterEnd < now
        }
    }

    /// Connects the server as ServerPilot's installer does, with the API key that the server got.
    ///
    /// - Returns: `false` if no server has the id, or the server has another key.
    public mutating func connect(
        _ serverID: ServerID, key: Secret<String>, address: String, at now: Timestamp
    ) -> Bool {
        guard servers[serverID]?.hasKey(key.reveal()) == true else { return false }
        return connect(serverID, address: address, at: now)
    }

    /// Connects the server: sets its address and schedules the actions that wait for it.
    ///
    /// - Returns: `false` if no server has the id.
    @discardableResult
    public mutating func connect(_ serverID: ServerID, address: String, at now: Timestamp) -> Bool {
        guard servers[serverID] != nil else { return false }
        servers[serverID]?.address = address
        servers[serverID]?.connected = now
        servers[serverID]?.isReporting = true
        for (id, action) in actions where action.serverID == serverID && action.end == nil {
            actions[id]?.end = servers[serverID]?.schedule(action.duration, from: now, by: settings.rules) ?? nil
        }
        return true
    }
}

extension ServerRecord {
    /// Reserves the next slot in the server's queue.
    ///
    /// - Returns: The time when work of this duration ends; `nil` on a server that never connected.
    mutating func schedule(_ duration: Duration, from now: Timestamp, by rules: RuleChoices) -> Timestamp? {
        guard connected != nil || !rules.keeps(.unconnectedActionsStayOpen) else { return nil }
        let begin = rules.keeps(.actionsInTurn) ? max(now, busyUntil ?? now) : now
        busyUntil = max(begin + duration, busyUntil ?? now)
        return begin + duration
    }
}
