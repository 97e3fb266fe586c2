public import ServerPilot

extension ServerPilotAccount {
    /// How work on a server stands.
    public func action(_ id: ActionID) async throws(ServerPilotError) -> Action {
        try await object("action", ["id": .id(id)])
    }

    /// Waits until an action has ended; at once for `nil`, which stands for no work.
    ///
    /// - `timeout`: the longest wait. The actions of a server that never connected stay open for ever.
    /// - Returns: the action, which succeeded; `nil` for `nil`.
    /// - Throws: `ServerPilotError`: `actionFailed` when it ended in anything but success, `timedOut` when it is still
    ///   open after the time (it goes on at the server all the same), `cancelled`, and what asking for it throws.
    @discardableResult
    public func wait(
        for id: ActionID?, timeout: Duration = .seconds(600)
    ) async throws(ServerPilotError) -> Action? {
        guard let id else { return nil }
        let began = time.steady
        var polling = ActionPolling()
        // Ends with the action or after `timeout`; an answer takes at most as long as the transport allows.
        while true {
            do throws(ServerPilotError) {
                let action = try await action(id)
                polling.answered()
                if action.status == .success { return action }
                guard action.status == .open else { throw Self.failure(of: action) }
            } catch {
                guard error.code != .actionFailed, polling.failed(error) else { throw error }
            }
            let left = timeout - (time.steady - began)
            guard left > .zero else {
                throw Self.waitFailure(
                    .timedOut, "action \(id) is still open after \(timeout.shortText); it may yet succeed")
            }
            do {
                try await time.sleep(for: polling.pause(left: left))
            } catch {
                throw Self.waitFailure(.cancelled, "cancelled while waiting for action \(id), which goes on")
            }
        }
    }

    private static func failure(of action: Action) -> ServerPilotError {
        waitFailure(
            .actionFailed,
            "action \(action.id) on server \(action.serverid) ended in '\(action.status.rawValue)'; "
                + "read the thing again to see what was done")
    }

    private static func waitFailure(_ code: ServerPilotError.Code, _ message: String) -> ServerPilotError {
        ServerPilotError(code: code, message: message, operation: "action", delivery: .ambiguous)
    }
}

extension ServerPilotError.Code {
    /// The work on the server ended in an error.
    ///
    /// What it was about may have been done all the same (seen with certificates).
    public static let actionFailed = ServerPilotError.Code(rawValue: "action_failed")
}
