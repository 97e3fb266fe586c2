internal import Groundwork
internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot

extension SimulatedServerPilot.Inner {
    /// Performs the call under the faults that strike it.
    ///
    /// - Returns: The answer, and the records of this request and of held requests that arrived before it.
    mutating func exchange(
        _ call: Call, for request: WireRequest, at now: Timestamp, plan: ActionPlan
    ) -> (SimulatedExchange, [RequestRecord]) {
        var records = settle(at: now, plan: plan)
        let struck = faults.decide(call.operation)
        if struck.isEmpty {
            let result = perform(call, at: now, plan: plan)
            records.append(record(request, call.operation, result, at: now))
            return (SimulatedExchange(WireResponse(result, by: account.settings.rules)), records)
        }
        let fate = CallFate(struck)
        var notes = struck.map(\.description)
        notes += fate.rivalsBefore.map { edit($0, around: call, reply: nil, at: now, plan: plan) }
        let result = fate.isDone ? perform(call, under: fate, at: now, plan: plan) : nil
        let reply = try? result?.get().data
        notes += fate.rivalsAfter.map { edit($0, around: call, reply: reply, at: now, plan: plan) }
        let exchange = exchange(result, fate, call, request)
        let status = result == nil && exchange.delivery != .whole ? 0 : exchange.response.status.code
        let refusal: Refusal? = if case .failure(let refusal) = result { refusal } else { nil }
        records.append(
            record(request, call.operation, status: status, refusal: refusal, faults: notes, at: now))
        return (exchange, records)
    }

    private mutating func exchange(
        _ result: Result<Reply, Refusal>?, _ fate: CallFate, _ call: Call, _ request: WireRequest
    ) -> SimulatedExchange {
        // A call that was not performed has no response. Its ending determines the reply, if there is one.
        let response = result.map { WireResponse($0, by: account.settings.rules) } ?? WireResponse(status: .ok)
        var exchange = SimulatedExchange(response, fate.ending)
        exchange.delay = fate.delay
        if case .late(let after, let patience) = fate.ending {
            exchange.delivery = .held(ticket: late.hold(call, request, arriving: after), patience: patience)
        }
        return exchange
    }

    private mutating func perform(_ call: Call, at now: Timestamp, plan: ActionPlan) -> Result<Reply, Refusal> {
        do throws(Refusal) {
            return .success(
                try account.apply(call.operation, call.arguments, at: now, random: &random, plan: plan))
        } catch {
            return .failure(error)
        }
    }

    private mutating func perform(
        _ call: Call, under fate: CallFate, at now: Timestamp, plan: ActionPlan
    ) -> Result<Reply, Refusal> {
        let before = fate.failureUndoes ? account : nil
        let result = perform(call, at: now, plan: fate.plan(plan))
        guard let before, case .success(let reply) = result, let actionID = reply.actionID else { return result }
        undo(to: before, keeping: actionID)
        return result
    }

    /// Reverts everything but the action, so that the work failed without an effect.
    ///
    /// A new server stays, because its action cannot exist without it.
    private mutating func undo(to before: Account, keeping actionID: ActionID) {
        guard let action = account.actions[actionID], before.servers[action.serverID] != nil else { return }
        let busyUntil = account.servers[action.serverID]?.busyUntil
        account = before
        account.actions[actionID] = action
        account.servers[action.serverID]?.busyUntil = busyUntil
    }

    /// Makes a rival's call, and returns its result in words.
    private mutating func edit(
        _ edit: RivalEdit, around call: Call, reply: JSONValue?, at now: Timestamp, plan: ActionPlan
    ) -> String {
        let surroundings = RivalEdit.Surroundings(call: call, account: account, reply: reply, now: now)
        guard let operation = Operation.named(edit.operation), let arguments = edit.arguments(in: surroundings)
        else { return "rival \(edit.operation): not made, its arguments name nothing" }
        switch perform(Call(operation: operation, arguments: arguments), at: now, plan: plan) {
        case .success: return "rival \(edit.operation): done"
        case .failure(let refusal): return "rival \(edit.operation): refused by \(refusal.ruleID)"
        }
    }

    private mutating func record(
        _ request: WireRequest, _ operation: Operation, _ result: Result<Reply, Refusal>, faults: [String] = [],
        at now: Timestamp
    ) -> RequestRecord {
        let refusal: Refusal? = if case .failure(let refusal) = result { refusal } else { nil }
        return record(
            request, operation, status: refusal?.status ?? 200, refusal: refusal, faults: faults, at: now)
    }

    /// Performs everything that is due, in order of time: servers connect, late requests arrive.
    ///
    /// Events happen at the next access, but with the time at which they were due. They need no task and are the same
    /// in every run.
    mutating func settle(at now: Timestamp, plan: ActionPlan) -> [RequestRecord] {
        // Usually nothing is pending.
        guard !late.isEmpty || !faults.plan.connections.isEmpty else { return [] }
        var records: [RequestRecord] = []
        // Each turn connects a server for good or removes a held request, so the loop ends.
        while true {
            let connection = nextConnection
            let arrival = late.nextDue
            if let connection, connection.time <= now, connection.time <= arrival ?? connection.time {
                account.connect(connection.server, address: connection.address, at: connection.time)
            } else if let arrival, arrival <= now, let late = late.take(due: arrival) {
                let result = perform(late.call, at: arrival, plan: plan)
                records.append(
                    record(late.request, late.call.operation, result, faults: ["late arrival"], at: arrival))
            } else {
                return records
            }
        }
    }

    private var nextConnection: (server: ServerID, address: String, time: Timestamp)? {
        var next: (server: ServerID, address: String, time: Timestamp)?
        for (index, server) in account.servers.values.enumerated() {
            guard let time = faults.plan.connectionTime(of: server), time < next?.time ?? time + .seconds(1)
            else { continue }
            // TEST-NET-2 (RFC 5737): addresses that are never routed.
            next = (server.id, "198.51.100.\(index % 254 + 1)", time)
        }
        return next
    }
}

extension WireResponse {
    /// Creates the reply to a call.
    fileprivate init(_ result: Result<Reply, Refusal>, by rules: RuleChoices) {
        switch result {
        case .success(let reply): self.init(reply, by: rules)
        case .failure(let refusal): self.init(refusal)
        }
    }
}
