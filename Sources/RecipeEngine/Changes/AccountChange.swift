internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// A change of the account, as one step of the run.
struct AccountChange: DurableChange {
    // Large: it is one call with all that its hooks need.
    /// The consent to a deletion, which grows with each question; the copies of a change share it.
    final class Consent: Sendable {
        let value: Mutex<DeletionConsent?>

        init(_ value: DeletionConsent?) { self.value = Mutex(value) }
    }

    let session: RunSession
    let operation: ServerPilot.Operation
    let arguments: JSONObject
    let call: StepCall
    /// The module that makes the change.
    let realm: RecipeRealm
    let requester: CallRequester
    /// The name of the resource, or its id if no name is known.
    let object: String?
    let secrets: [String]?
    let rules: ChangeRules
    private let lookup: AccountLookup
    private let consent: Consent

    /// Creates a change.
    ///
    /// - Parameters:
    ///   - operation: the operation.
    ///   - arguments: the arguments by wire name.
    ///   - call: the step, with the operation.
    ///   - scope: the call of the recipe.
    ///   - requester: who requested the change.
    ///   - consent: the consent to a deletion; `nil` if none is needed.
    init(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, _ call: StepCall, in scope: StepScope,
        requester: CallRequester, consent: DeletionConsent?
    ) {
        let session = scope.session
        self.session = session
        self.operation = operation
        self.arguments = arguments
        self.call = call
        realm = scope.realm
        self.requester = requester
        self.consent = Consent(consent)
        object = session.knowledge.spokenName(arguments)
        secrets = session.generated.sends(arguments, at: call.step)
        lookup = AccountLookup(operation, arguments)
        let isKnown =
            operation.removesResource && arguments["id"]?.stringValue.flatMap(session.knowledge.name(ofID:)) != nil
        rules = lookup.rules(replacesUnused: requester == .connecting, isKnownToExist: isKnown)
    }

    /// The id of the resource, which is recorded because a later lookup or an undo cannot rely on a name.
    var id: String? { arguments["id"]?.stringValue }
    var words: String { "sp.\(operation.name)\(object.map { " \($0)" } ?? "")" }

    /// The change as a plan lists it.
    func planned(_ reply: ChangeReply? = nil, refusal: String? = nil) -> PlannedChange {
        PlannedChange(
            step: step, operation: operation.name, arguments: arguments, site: call.site, reply: reply?.data ?? .null,
            actionID: reply?.action, refusal: refusal)
    }

    // MARK: Sending

    func look(_ reason: LookReason) async -> Result<Sighting, StepFailure> {
        let way = reason == .refusal ? lookup.lookAfterRefusal : lookup.look
        if reason == .before, case .list(let listing, let path) = way {
            session.planning?.note(PlanReading(listing, path, filter: lookup.key))
        }
        // Before the first request, what the run knows suffices if no two resources share the key.
        do throws(ServerPilotError) {
            let things = try await session.things(
                way, knownBy: reason == .before && lookup.isUnique ? lookup.key : nil)
            return .success(lookup.sighting(things, reason))
        } catch {
            return .failure(StepFailure(error))
        }
    }

    func prepare(mayHaveChanged: Bool) async throws(StepError) -> [String]? {
        do throws(RecipeError) {
            // A server that never connected is checked again right before its record is deleted.
            if operation.name == "delete_server", [.replacing, .engine].contains(requester) {
                try await session.expectUnused(self)
            }
            guard let given = consent.value.withLock({ $0 }) else { return nil }
            let checked = try await session.check(given, self, wasSent: mayHaveChanged)
            consent.value.withLock { $0 = checked }
            return checked.falls
        } catch {
            throw .failed(error.stepFailure)
        }
    }

    func send(_ attempt: ChangeAttempt) async throws(SendFailure) -> ChangeReply {
        try await session.sendChange(operation, arguments, attempt.permit)
    }

    func obstacle(
        toDiscarding id: String, isDecided: Bool
    ) async throws(StepError) -> Result<String?, StepFailure> {
        do throws(RecipeError) {
            return try await session.obstacle(toDiscarding: id, isDecided: isDecided, self)
        } catch {
            throw .failed(error.stepFailure)
        }
    }

    func discard(_ id: String, _ attempt: ChangeAttempt) async throws(SendFailure) -> ChangeReply {
        guard let operation = ServerPilot.Operation.named("delete_server") else {
            throw SendFailure(
                StepFailure(code: "internal", message: "internal error: unknown operation 'delete_server'"))
        }
        let (began, arguments): (Timestamp, JSONObject) = (session.time.steady, ["id": .string(id)])
        let reply = try await session.sendChange(operation, arguments, attempt.permit)
        session.note(Reply(reply), of: operation, arguments, sent: began)
        return reply
    }

    // MARK: The outcome

    func accept(_ reply: ChangeReply, by origin: Entry.Outcome.Origin) -> ChangeReply {
        for secret in operation.secrets(inReply: reply.data) { session.output.learn(secret: secret) }
        let kept = ChangeReply(operation.withoutHidden(reply.data), action: reply.action)
        session.knowledge.noteApps(kept.data, of: operation.kind)
        session.planning?.note(planned(reply))
        session.following?.note(kept, at: step)
        return kept
    }

    func refuse(_ failure: StepFailure) async -> StepFailure {
        let failure = await session.explained(failure, operation, arguments)
        session.generated.refused(at: step)
        session.planning?.note(planned(refusal: failure.message))
        session.following?.noteRefusal(at: step)
        return failure
    }

    func adopted(after failure: StepFailure?) {
        session.output.emit(.warned(adoption(after: failure), at: LuaCallSite(call.site)))
    }

    func settled(_ reply: ChangeReply, by origin: Entry.Outcome.Origin, began: Timestamp) {
        guard origin != .skipped else { return }
        session.note(Reply(reply), of: operation, arguments, sent: began)
    }

    /// Returns a warning that says how the engine knows that the change was made although no reply says so.
    private func adoption(after failure: StepFailure?) -> String {
        let wait = operation.queues == .never ? "" : ". Its action id is unknown, so sp.wait returns at once"
        switch failure {
        case let failure? where failure.code == StepFailure.notFound && operation.effect == .delete:
            return "\(words): it was already deleted"
        case let failure? where !failure.mayHaveChanged:
            return "\(words): the API returned an error (\(failure.message)), but the change was made\(wait)"
        default: return "\(words): no reply arrived, but the change was made\(wait)"
        }
    }
}

extension DurableChange {
    var step: StepID { call.step }
}

extension Reply {
    /// Creates the reply of an operation from the reply of a step.
    init(_ reply: ChangeReply) { self.init(data: reply.data, actionID: reply.action.map { ActionID($0) }) }
}
