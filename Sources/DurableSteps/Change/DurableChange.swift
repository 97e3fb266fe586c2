package import Groundwork

/// A change that a `StepRunner` makes exactly once, as far as its recovery allows.
///
/// The runner calls these functions in this order: `look` before a creation, `prepare`, `send`; after a failure perhaps
/// `look`, `prepare` and `send` again; at the end `accept` or `refuse`, and `settled`.
package protocol DurableChange: Sendable {
    /// The step with its call.
    var call: StepCall { get }
    /// The name of the target as shown to people.
    var object: String? { get }
    /// The id of the target.
    var id: String? { get }
    /// The facts about the change.
    var rules: ChangeRules { get }
    /// The names of the generated secrets that the change sends; `nil` if none were generated yet.
    var secrets: [String]? { get }
    /// The call as shown to people, such as `http.post https://api.example/v1/keys`.
    var words: String { get }

    /// Looks for the result of the change; only called if the recovery is a lookup, or refusals are verified.
    func look(_ reason: LookReason) async -> Result<Sighting, StepFailure>

    /// Checks the change right before each intent.
    ///
    /// - Parameter mayHaveChanged: whether an earlier try may have been executed.
    /// - Returns: for a deletion, the ids that are deleted with the resource.
    /// - Throws: `StepError` if it must not be sent; then no outcome is recorded.
    func prepare(mayHaveChanged: Bool) async throws(StepError) -> [String]?

    /// Sends the request, once.
    ///
    /// - Throws: `SendFailure`. If its delivery excludes the change, it is the outcome; otherwise the recovery decides.
    func send(_ attempt: ChangeAttempt) async throws(SendFailure) -> ChangeReply

    /// Returns why a resource must not be discarded; `nil` if nothing uses it.
    ///
    /// - Throws: `StepError` if the run must not discard anything.
    func obstacle(toDiscarding id: String, isDecided: Bool) async throws(StepError) -> Result<String?, StepFailure>

    /// Discards a resource, so that it can be created again.
    func discard(_ id: String, _ attempt: ChangeAttempt) async throws(SendFailure) -> ChangeReply

    /// Takes note of the reply before the outcome is recorded, and returns the part of it to record.
    func accept(_ reply: ChangeReply, by origin: Entry.Outcome.Origin) -> ChangeReply

    /// Takes note of the failure before the outcome is recorded, and returns the failure to record.
    func refuse(_ failure: StepFailure) async -> StepFailure

    /// The error text for a lost reply, about its call; only read if the recovery is `raised`.
    var lossDetails: StepFailure.Details? { get }

    /// Called once the outcome of an adopted change is durable.
    func adopted(after failure: StepFailure?)

    /// Called when a change that was made has been recorded, or could not be.
    func settled(_ reply: ChangeReply, by origin: Entry.Outcome.Origin, began: Timestamp)
}

extension DurableChange {
    /// The id is not known.
    package var id: String? { nil }
    /// No secrets were generated.
    package var secrets: [String]? { nil }
    /// Sees nothing.
    package func look(_ reason: LookReason) async -> Result<Sighting, StepFailure> { .success(.state(nil)) }
    /// Checks nothing.
    package func prepare(mayHaveChanged: Bool) async throws(StepError) -> [String]? { nil }
    /// Keeps the resource.
    package func obstacle(
        toDiscarding id: String, isDecided: Bool
    ) async throws(StepError) -> Result<String?, StepFailure> {
        .success("the change does not report whether \(id) is unused")
    }
    /// Discards nothing.
    package func discard(_ id: String, _ attempt: ChangeAttempt) async throws(SendFailure) -> ChangeReply {
        throw SendFailure(StepFailure(code: "internal", message: "\(id) cannot be discarded", delivery: .notSent))
    }
    /// Records the whole reply.
    package func accept(_ reply: ChangeReply, by origin: Entry.Outcome.Origin) -> ChangeReply { reply }
    /// Records the failure as it is.
    package func refuse(_ failure: StepFailure) async -> StepFailure { failure }
    /// Nothing.
    package var lossDetails: StepFailure.Details? { nil }
    /// Does nothing.
    package func adopted(after failure: StepFailure?) {}
    /// Does nothing.
    package func settled(_ reply: ChangeReply, by origin: Entry.Outcome.Origin, began: Timestamp) {}
}
