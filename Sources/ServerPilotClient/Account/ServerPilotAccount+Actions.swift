internal import Groundwork
public import ServerPilot

extension ServerPilotAccount {
    /// Reads an action, with its status.
    ///
    /// - Throws: `ServerPilotError`; the code is `notFound` if no action has the id.
    public func action(_ id: ActionID) async throws(ServerPilotError) -> Action {
        try await object("action", ["id": .id(id)])
    }

    /// Waits until an action ends; returns at once for `nil`, which means that no work was queued.
    ///
    /// If this account queued the action, it looks when the action should have ended, by the durations of the actions
    /// before it.
    ///
    /// - `timeout`: the maximum wait; ten minutes by default. Actions of a server that never connected stay open.
    /// - Returns: the action, which succeeded; `nil` for `nil`.
    /// - Throws: `ServerPilotError`. The code is `actionFailed` if the action ended without success, `timedOut` if it
    ///   is still open after `timeout`, or `cancelled`. Failed requests throw their own errors. After a timeout the
    ///   action continues on the server.
    @discardableResult
    public func wait(
        for id: ActionID?, timeout: Duration = .seconds(600)
    ) async throws(ServerPilotError) -> Action? {
        guard let id else { return nil }
        let began = time.steady
        var failures = 0
        try await pause(until: actions.nextLook(at: id, now: began) ?? began, began + timeout, for: id)
        // Ends with the action or after `timeout`; the transport limits the duration of each request.
        while true {
            var next: Timestamp?
            do throws(ServerPilotError) {
                let action = try await action(id)
                failures = 0
                actions.saw(id, isOpen: action.status == .open, at: time.steady)
                if action.status == .success { return action }
                guard action.status == .open else { throw Self.failure(of: action) }
                next = actions.nextLook(at: id, now: time.steady)
            } catch {
                failures += 1
                guard Self.mayPass(error), failures < Self.mostFailures else { throw error }
            }
            let now = time.steady
            guard now - began < timeout else {
                throw Self.waitFailure(
                    .timedOut, "action \(id) is still open after \(timeout.shortText); it may yet succeed")
            }
            try await pause(until: next ?? now + PollSchedule.pause(age: now - began), began + timeout, for: id)
        }
    }

    private func pause(
        until time: Timestamp, _ deadline: Timestamp, for id: ActionID
    ) async throws(ServerPilotError) {
        let pause = min(time, deadline) - self.time.steady
        guard pause > .zero else { return }
        do { try await self.time.sleep(for: pause) } catch {
            throw Self.waitFailure(.cancelled, "cancelled while waiting for action \(id), which continues")
        }
    }

    /// The number of consecutive failed requests that ends a wait.
    ///
    /// Some failures are tolerated, because polling changes nothing and the action runs without it.
    private static let mostFailures = 5

    /// Whether the next request may succeed after a failure.
    private static func mayPass(_ error: ServerPilotError) -> Bool {
        error.code.mayPass && error.connectionFailure?.isPermanent != true
    }

    private static func failure(of action: Action) -> ServerPilotError {
        waitFailure(
            .actionFailed,
            "action \(action.id) on server \(action.serverid) ended in '\(action.status.rawValue)'; "
                + "read the resource again to see its state")
    }

    private static func waitFailure(_ code: ServerPilotError.Code, _ message: String) -> ServerPilotError {
        ServerPilotError(code: code, message: message, operation: "action", delivery: .ambiguous)
    }
}

extension ServerPilotError.Code {
    /// The work on the server ended in an error.
    ///
    /// The change may have been made even so (seen with certificates).
    public static let actionFailed = ServerPilotError.Code(rawValue: "action_failed")
}
