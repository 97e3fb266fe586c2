package import Groundwork
internal import OrderedCollections

/// The facts about a change that its state machine needs.
package struct ChangeRules: Hashable, Sendable {
    /// The kinds of change.
    package enum Effect: Hashable, Sendable {
        /// Makes a resource.
        case create
        /// Changes a resource.
        case update
        /// Deletes a resource.
        case delete
    }

    /// The kind of change.
    package var effect: Effect
    /// The reaction to a lost reply.
    package var recovery: Recovery
    /// The natural key to record with the intent; `nil` records none.
    package var key: JSONObject?
    /// The result if a person leaves the change out; `nil` if the step then fails.
    package var skipped: JSONValue?
    /// Whether the engine looks after a refusal whether the change was made all the same.
    package var verifiesRefusals = false
    /// The HTTP statuses of refusals that need no such look, because they are certain.
    package var certainRefusals: Set<Int> = []
    /// Whether the engine repeats a throttled change; false if its transport does.
    package var repeatsThrottled = false
    /// For a deletion: whether the resource is known to exist, so that "not found" means that it is gone.
    package var isKnownToExist = false

    /// Creates rules.
    ///
    /// - Parameters:
    ///   - effect: the kind of change.
    ///   - recovery: the reaction to a lost reply.
    ///   - key: the natural key to record with the intent.
    package init(_ effect: Effect, _ recovery: Recovery, key: JSONObject? = nil) {
        self.effect = effect
        self.recovery = recovery
        self.key = key
    }

    /// The lookup; `nil` if the recovery needs none.
    var lookup: Lookup? { if case .lookup(let lookup) = recovery { lookup } else { nil } }

    /// Returns the facts that an intent records for a later execution.
    ///
    /// - Parameter before: the ids that matched the natural key before the change was sent.
    /// - Returns: the facts.
    func evidence(before: [String]) -> Entry.Intent.Evidence {
        key.map { .lookup(key: $0, before: before) } ?? .none
    }
}
