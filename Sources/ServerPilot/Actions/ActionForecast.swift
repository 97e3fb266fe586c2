package import Groundwork

/// The open actions of an account's servers, with the times at which a program should look at them.
package struct ActionForecast: Sendable {
    /// The durations by operation, which grow better with each action that ends.
    package private(set) var durations: ActionDurations
    private var queues: [String: ServerQueue] = [:]

    /// Creates a forecast without open actions.
    ///
    /// - Parameter durations: what an earlier program has learned.
    package init(_ durations: ActionDurations = ActionDurations()) { self.durations = durations }

    /// The open actions by server, each server's in order.
    package var open: [[ActionID]] { queues.values.map(\.open) }

    /// Records that an action was queued.
    ///
    /// - Parameters:
    ///   - id: the action.
    ///   - operation: the operation that queued it.
    ///   - server: the id of the server that does the work.
    ///   - time: the time of the reply, on a steady clock.
    ///   - isEarlier: whether an earlier process queued it, so that it may have ended long ago.
    package mutating func queued(
        _ id: ActionID, _ operation: Operation.Name, on server: String, at time: Timestamp, isEarlier: Bool = false
    ) {
        queues[server, default: ServerQueue(server)].queued(id, operation, at: time, isEarlier: isEarlier)
    }

    /// Returns the first open action of a server that meets a condition.
    package func first(on server: String, where isWanted: (ActionID) -> Bool) -> ActionID? {
        queues[server]?.first(where: isWanted)
    }

    /// Returns the time of the next look at an action; `nil` if it is unknown or was seen to have ended.
    package mutating func nextLook(at id: ActionID, on server: String, now: Timestamp) -> Timestamp? {
        queues[server]?.nextLook(at: id, &durations, now: now)
    }

    /// Records that an action was seen open.
    package mutating func seenOpen(_ id: ActionID, on server: String, at time: Timestamp) {
        queues[server]?.seenOpen(id, &durations, at: time)
    }

    /// Records that an action was seen to have ended; the actions queued before it have ended too.
    package mutating func ended(_ id: ActionID, on server: String, at time: Timestamp) {
        queues[server]?.ended(id, &durations, at: time)
    }
}
