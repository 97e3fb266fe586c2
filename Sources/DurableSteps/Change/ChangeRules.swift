public import Groundwork
public import OrderedCollections

/// The facts about a change that its state machine needs.
public struct ChangeRules: Hashable, Sendable {
    /// The kinds of change.
    public enum Effect: Hashable, Sendable {
        /// Makes a resource.
        case create
        /// Changes a resource.
        case update
        /// Deletes a resource.
        case delete
    }

    /// The kind of change.
    public var effect: Effect
    /// The reaction to a lost reply.
    public var recovery: Recovery
    /// The natural key to record with the intent; `nil` records none.
    public var key: JSONObject?
    /// The result if a person leaves the change out; `nil` if the step then fails.
    public var skipped: JSONValue?
    /// Whether the engine looks after a refusal whether the change was made all the same.
    public var verifiesRefusals: Bool
    /// The HTTP statuses of refusals that need no such look, because they are certain.
    public var certainRefusals: Set<Int>
    /// Whether the engine repeats a throttled change; false if its transport does.
    public var repeatsThrottled: Bool
    /// For a deletion: whether the resource is known to exist, so that "not found" means that it is gone.
    public var isKnownToExist: Bool

    /// Creates rules.
    ///
    /// - Parameters:
    ///   - effect: the kind of change.
    ///   - recovery: the reaction to a lost reply.
    ///   - key: the natural key to record with the intent.
    public init(_ effect: Effect, _ recovery: Recovery, key: JSONObject? = nil) {
        self.effect = effect
        self.recovery = recovery
        self.key = key
        verifiesRefusals = false
        certainRefusals = []
        repeatsThrottled = false
        isKnownToExist = false
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
