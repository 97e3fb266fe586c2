internal import Groundwork
internal import ServerPilot
internal import Synchronization

/// The actions that an account's changes queued; the copies of an account share them.
final class AccountActions: Sendable {
    private struct State {
        var forecast = ActionForecast()
        var servers: [ActionID: String] = [:]
    }

    private let state = Mutex(State())

    /// Remembers the action of a change.
    func note(_ reply: Reply, of operation: Operation.Name, at time: Timestamp) {
        guard let id = reply.actionID, let kind = Operation.named(operation)?.kind,
            let server = reply.data[kind == .server ? "id" : "serverid"]?.stringValue
        else { return }
        state.withLock { state in
            state.servers[id] = server
            state.forecast.queued(id, operation, on: server, at: time)
        }
    }

    /// Returns the time of the next look at an action; `nil` if the account did not queue it.
    func nextLook(at id: ActionID, now: Timestamp) -> Timestamp? {
        state.withLock { state in
            state.servers[id].flatMap { state.forecast.nextLook(at: id, on: $0, now: now) }
        }
    }

    /// Remembers what a look has shown.
    func saw(_ id: ActionID, isOpen: Bool, at time: Timestamp) {
        state.withLock { state in
            guard let server = state.servers[id] else { return }
            if isOpen { return state.forecast.seenOpen(id, on: server, at: time) }
            state.forecast.ended(id, on: server, at: time)
            state.servers[id] = nil
        }
    }
}
