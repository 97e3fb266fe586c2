internal import LuaHost
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// One run, as the functions of `sp` see it: the way to the API and what the run has come to know.
final class RunSession: Sendable {
    private struct State {
        var redactor = Redactor()
        var secrets: [String: Secret<String>] = [:]
        var result: JSONValue?
        var origins: [String: ActionOrigin] = [:]
        var queues: [String: ServerQueue] = [:]
        var summary = RunSummary()
    }

    let transport: any Transport
    let time: any TimeSource
    let limits: RunLimits
    let random: @Sendable () -> UInt64
    private let keepSecret: SecretKeeper
    private let events: @Sendable (RunEvent) -> Void
    private let started: Timestamp
    private let state = Mutex(State())

    init(
        transport: any Transport, time: any TimeSource, limits: RunLimits, random: @escaping @Sendable () -> UInt64,
        keepSecret: @escaping SecretKeeper, events: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.transport = transport
        self.time = time
        self.limits = limits
        self.random = random
        self.keepSecret = keepSecret
        self.events = events
        started = time.now
    }

    // MARK: Calls

    /// Makes one call to the API.
    ///
    /// A change that was begun is finished and noted even when the run is cancelled meanwhile: half a request helps
    /// nobody, and the reply holds the id of what now exists.
    func call(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, isolation: isolated (any Actor)? = #isolation
    ) async throws(RecipeError) -> Reply {
        for secret in operation.secrets(in: arguments) { learn(secret: secret) }
        let sent = time.now
        state.withLock { $0.summary.calls += 1 }
        let result: Result<Reply, ServerPilotError>
        if operation.changesAccount {
            let transport = transport
            // Captures the actor, so that the task runs where the call came from and the order stays the same.
            result = await Task { () -> Result<Reply, ServerPilotError> in
                _ = isolation
                return await Self.send(operation, arguments, over: transport)
            }.value
        } else {
            result = await Self.send(operation, arguments, over: transport)
        }
        let object = Self.name(of: arguments, operation)
        switch result {
        case .failure(let error): throw RecipeError(error, object: object)
        case .success(let reply):
            for secret in operation.secrets(inReply: reply.data) { learn(secret: secret) }
            note(reply, of: operation, arguments, object: object, sent: sent)
            return reply
        }
    }

    private static func send(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, over transport: any Transport
    ) async -> Result<Reply, ServerPilotError> {
        do throws(ServerPilotError) {
            return .success(try await transport.call(operation, arguments))
        } catch {
            return .failure(error)
        }
    }

    /// Makes a call whose operation is known by name.
    func call(
        _ name: ServerPilot.Operation.Name, _ arguments: JSONObject, isolation: isolated (any Actor)? = #isolation
    ) async throws(RecipeError) -> Reply {
        guard let operation = ServerPilot.Operation.named(name) else {
            throw RecipeError(code: "internal", message: "there is no operation '\(name)'")
        }
        return try await call(operation, arguments)
    }

    private func note(
        _ reply: Reply, of operation: ServerPilot.Operation, _ arguments: JSONObject, object: String?, sent: Timestamp
    ) {
        guard operation.changesAccount else { return }
        let id = reply.data["id"]?.stringValue ?? arguments["id"]?.stringValue
        let name = reply.data["name"]?.stringValue ?? object ?? id ?? operation.kind.spokenName
        let now = time.now
        state.withLock { state in
            switch operation.effect {
            case .create: state.summary.created += 1
            case .update: state.summary.updated += 1
            case .delete: state.summary.deleted += 1
            case .read: break
            }
            if let actionID = reply.actionID {
                let serverID =
                    reply.data["serverid"]?.stringValue
                    ?? (operation.kind == .server ? id : arguments["serverid"]?.stringValue)
                state.origins[actionID.rawValue] = ActionOrigin(
                    operation: operation.name, object: name, serverID: serverID, queued: now)
                if let serverID {
                    state.queues[serverID, default: ServerQueue()].queued(actionID, operation.name, at: now)
                }
            }
        }
        emit(
            .changed(
                RunEvent.Change(
                    operation: operation, object: name, id: id, actionID: reply.actionID, elapsed: now - sent)))
    }

    private static func name(of arguments: JSONObject, _ operation: ServerPilot.Operation) -> String? {
        (arguments["name"] ?? arguments["id"])?.stringValue
    }

    // MARK: Actions

    /// What the run knows of an action; `nil` when it did not cause it.
    func origin(of id: ActionID) -> ActionOrigin? { state.withLock { $0.origins[id.rawValue] } }

    /// How long an action still takes, as far as the run can tell from others on its server.
    func remaining(of id: ActionID) -> Duration? {
        let now = time.now
        return state.withLock { state in
            state.origins[id.rawValue]?.serverID.flatMap { state.queues[$0]?.remaining(of: id, at: now) }
        }
    }

    /// Remembers that an action was seen to have ended.
    func noteEnd(of id: ActionID) {
        let now = time.now
        state.withLock { state in
            guard let serverID = state.origins[id.rawValue]?.serverID else { return }
            state.queues[serverID]?.ended(id, at: now)
        }
    }

    // MARK: Secrets, result, events

    /// From now on the value is taken out of all that the run says.
    func learn(secret: String) { state.withLock { $0.redactor.learn(secret) } }

    /// The secret of that name, made on first use.
    ///
    /// - Throws: what the keeper of secrets throws; the recipe does not get the secret then.
    func secret(_ name: String, make: () -> String) throws -> Secret<String> {
        let known = state.withLock { $0.secrets[name] }
        if let known { return known }
        let secret = Secret(make())
        learn(secret: secret.reveal())
        try keepSecret(name, secret)
        state.withLock { $0.secrets[name] = secret }
        return secret
    }

    /// Sets what the run gives; later results take the place of earlier ones.
    func set(result: JSONValue) { state.withLock { $0.result = result } }

    /// What the run gives.
    var result: JSONValue? { state.withLock { $0.result } }

    /// What takes the run's secrets out of a text.
    var redactor: Redactor { state.withLock { $0.redactor } }

    /// The counts so far.
    var summary: RunSummary {
        var summary = state.withLock { $0.summary }
        summary.elapsed = time.now - started
        return summary
    }

    /// Tells what happens, redacted.
    func emit(_ event: RunEvent) {
        switch event {
        case .printed(let text): events(.printed(redactor.redact(text)))
        case .logged(let text): events(.logged(redactor.redact(text)))
        case .warned(let text): events(.warned(redactor.redact(text)))
        case .changed(let change): events(.changed(change.redacted(by: redactor)))
        case .waiting(let wait): events(.waiting(wait.redacted(by: redactor)))
        case .waited(let wait): events(.waited(wait.redacted(by: redactor)))
        }
    }
}
