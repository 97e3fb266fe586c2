internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// A change outside the account, as one step of the run.
struct ExternalChange: DurableChange {
    /// Makes the change once.
    typealias Send = @Sendable (ChangeAttempt) async throws(RecipeError) -> JSONValue
    /// Looks for the result of the change.
    typealias Look = @Sendable () async -> Result<Sighting, StepFailure>

    let session: RunSession
    let call: StepCall
    /// The target as shown to people, such as `POST https://api.example/v2/droplets`.
    let object: String?
    let secrets: [String]?
    let rules: ChangeRules
    /// The content to send, by argument name (`script`, `body`), without the run's secrets; only set while planning.
    private let contents: JSONObject
    private let live: Send
    private let find: Look?

    /// Creates a change.
    ///
    /// - Parameters:
    ///   - call: the step, with the function.
    ///   - arguments: the values that identify the change on replay.
    ///   - object: the target as shown to people, without secrets.
    ///   - recovery: the reaction to a lost reply.
    ///   - session: the run.
    ///   - look: looks for the result; needed if `recovery` is a lookup.
    ///   - send: makes the change once.
    init(
        _ call: StepCall, _ arguments: JSONObject, object: String?, recovery: Recovery, _ session: RunSession,
        look: Look? = nil, send: @escaping Send
    ) {
        self.session = session
        self.call = call
        self.object = object.map(session.redactor.redact)
        secrets = session.generated.sends(arguments, at: call.step)
        rules = look == nil ? ChangeRules(.update, recovery) : ChangeRules(.create, recovery, key: [:])
        find = look
        contents = session.planning == nil ? [:] : Self.contents(of: arguments, session.redactor)
        live = send
    }

    var words: String { call.call.name + (object.map { " \($0)" } ?? "") }

    /// The names of arguments that people want to read before a change is sent.
    private static let contentNames = ["script", "stdin", "content", "body"]

    private static func contents(of arguments: JSONObject, _ redactor: Redactor) -> JSONObject {
        var contents = arguments.filter { contentNames.contains($0.key) && $0.value != "" }
        // Each scalar is a byte, as `StepScope.copy` writes it: the text has another form of each secret that is not
        // ASCII.
        if let content = contents["content"]?.stringValue {
            let bytes = content.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
            contents["content"] = .string(
                String(String.UnicodeScalarView(redactor.redact(bytes).map { Unicode.Scalar($0) })))
        }
        return contents.mapValues(redactor.redact)
    }

    /// The change as a plan lists it.
    func planned(_ reply: ChangeReply? = nil, refusal: String? = nil) -> PlannedChange {
        var change = PlannedChange(
            step: step, operation: ServerPilot.Operation.Name(rawValue: call.call.name), arguments: [:],
            site: call.site, reply: reply?.data ?? .null, actionID: nil, refusal: refusal, object: object)
        change.contents = contents
        return change
    }

    func look(_ reason: LookReason) async -> Result<Sighting, StepFailure> {
        let seen = await find?() ?? .success(.resources([]))
        // Nothing else names the request in a failure before it is sent.
        return reason == .before ? seen.mapError { $0.saying("\(words): \($0.message)") } : seen
    }

    func send(_ attempt: ChangeAttempt) async throws(SendFailure) -> ChangeReply {
        session.tally.countCall()
        do throws(RecipeError) {
            return ChangeReply(try await live(attempt))
        } catch {
            // The failure is recorded and later shown by other processes, which do not know this run's secrets.
            throw SendFailure(error.redacted(by: session.redactor).stepFailure)
        }
    }

    func accept(_ reply: ChangeReply, by origin: Entry.Outcome.Origin) -> ChangeReply {
        session.planning?.note(planned(reply))
        session.following?.note(reply, at: step)
        return reply
    }

    func refuse(_ failure: StepFailure) async -> StepFailure {
        if failure.wasNotTaken { session.generated.refused(at: step) }
        session.planning?.note(planned(refusal: failure.message))
        session.following?.noteRefusal(at: step)
        return failure
    }

    var lossDetails: StepFailure.Details? {
        StepFailure.Details(
            operation: call.call.name, object: object, hint: "check for its result before you repeat it",
            token: call.call.name.lastWord)
    }

    func adopted(after failure: StepFailure?) {
        session.output.emit(
            .warned("\(words): no reply arrived, but find found the result", at: LuaCallSite(call.site)))
    }

    func settled(_ reply: ChangeReply, by origin: Entry.Outcome.Origin, began: Timestamp) {
        session.tally.countOutside()
        let outside = RunEvent.Outside(name: call.call.name, object: object ?? "", elapsed: session.time.steady - began)
        session.output.emit(.performed(outside))
    }
}
