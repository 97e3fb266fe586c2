internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// One wait of a recipe for actions, with its errors.
struct ActionWait {
    let session: RunSession
    let timeout: Duration

    /// Waits until all actions have ended.
    ///
    /// - Returns: the actions in the order of `ids`.
    /// - Throws: `RecipeError` with `actionFailed` as soon as an action is seen to have ended in `error`, with
    ///   `waitTimedOut` after the time limit, or with the API's error; `CancellationError`.
    func wait(
        for ids: [ActionID], on actor: isolated (any Actor)? = #isolation
    ) async throws -> [JSONValue] {
        let started = session.time.steady
        let end = await session.actions.wait(
            for: OrderedSet(ids), timeout: timeout, of: session, on: (actor as? LuaHost)?.taskExecutor)
        switch end {
        case .done(let actions): return ids.compactMap { actions[$0] }
        case .unsuccessful(let id, let action): throw failure(of: id, action, started)
        case .timedOut(let id): throw await timedOut(id, started)
        case .failed(let error): throw error
        case .cancelled: throw CancellationError()
        }
    }

    private func failure(of id: ActionID, _ action: JSONValue, _ started: Timestamp) -> RecipeError {
        let origin = session.actions.origin(of: id)
        let elapsed = session.time.steady - (origin?.queued ?? started)
        let server =
            action["serverid"]?.stringValue.map { " on server \(session.knowledge.name(ofID: $0) ?? $0)" } ?? ""
        let isSSL = origin.flatMap { ServerPilot.Operation.named($0.operation)?.isAboutSSL } ?? false
        return RecipeError(
            code: RecipeError.actionFailed,
            message:
                "\(origin?.subject ?? "action \(id)")\(server): action \(id) ended in "
                + "'\(action["status"]?.stringValue ?? "nothing")' after \(elapsed.shortText)",
            operation: "wait", object: id.rawValue,
            hint: isSSL
                ? "a certificate sometimes works although its action failed: check it with sp.app(id)"
                : "the record exists, but ServerPilot's work on the server failed: check the server's log in "
                    + "ServerPilot",
            token: "wait")
    }

    private func timedOut(_ id: ActionID, _ started: Timestamp) async -> RecipeError {
        let origin = session.actions.origin(of: id)
        let age = session.time.steady - (origin?.queued ?? started)
        let known = await serverDescription(origin?.serverID)
        let subject = origin.map { "\($0.subject)\(known.name): " } ?? ""
        return RecipeError(
            code: RecipeError.waitTimedOut,
            message: "\(subject)action \(id) is still open after \(age.shortText) (timeout \(timeout.shortText))",
            operation: "wait", object: id.rawValue,
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
