public import Groundwork

/// The reaction to a change that may have been made, although no reply arrived.
public enum Recovery: Hashable, Sendable {
    /// Look for the result of the change: adopt it if it is there, make the change again if it is not.
    case lookup(Lookup)
    /// Make the change again, because a repetition has the same result.
    ///
    /// Such a change has an idempotency key, is a `PUT` or a `DELETE`, or leaves a marker that its target checks.
    case repeatable
    /// Fail with the code `StepFailure.lostAnswer`, so that the program decides.
    case raised
    /// Stop the run until a person decides.
    case askPerson
}

/// The properties of a lookup that decide how the engine uses its result.
public struct Lookup: Hashable, Sendable {
    /// Whether two resources cannot have the same natural key.
    ///
    /// If none is found, a second request can then make at most one resource, even if the first one arrives late.
    public var isUnique: Bool
    /// Whether the reply has a value that nothing shows again, such as a key.
    public var hasOneTimeReply: Bool
    /// Whether the engine discards a resource whose reply was lost and that nothing uses yet, and creates another.
    ///
    /// Only a caller knows that nothing else can have been done with the resource. Otherwise a person decides.
    public var replacesUnused: Bool
    /// Whether a person's decision to recreate discards the resource that was found.
    public var discardsOnRecreate: Bool

    /// Creates the properties of a lookup by a key that may not be unique.
    public init(
        isUnique: Bool = false, hasOneTimeReply: Bool = false, replacesUnused: Bool = false,
        discardsOnRecreate: Bool = false
    ) {
        self.isUnique = isUnique
        self.hasOneTimeReply = hasOneTimeReply
        self.replacesUnused = replacesUnused
        self.discardsOnRecreate = discardsOnRecreate
    }
}

/// The reason for a lookup.
public enum LookReason: Hashable, Sendable {
    /// Before a creation is first sent: resources that exist already are never taken for its result.
    case before
    /// A reply was lost.
    case lostReply
    /// The change was refused; behind a proxy, a request that was executed can be refused too.
    case refusal
    /// A person chose an existing resource as the result.
    case adoption
}

/// The result of a lookup.
public enum Sighting: Hashable, Sendable {
    /// For a creation: the resources that exist.
    case resources([Candidate])
    /// For an update or a deletion: the reply if the change has been made; `nil` if it has not.
    case state(JSONValue?)

    /// A resource that may be the result of a creation.
    public struct Candidate: Hashable, Sendable {
        /// The id; a resource without an id is never a result.
        public var id: String?
        /// The value that stands for the lost reply.
        public var value: JSONValue
        /// Whether it has the natural key of the creation.
        public var isMatch: Bool
        /// The names of the requested fields in which it differs.
        public var differences: [String]
        /// Whether certainly nothing uses it.
        public var isUnused: Bool

        /// Creates a candidate.
        public init(
            id: String?, value: JSONValue, isMatch: Bool = true, differences: [String] = [], isUnused: Bool = false
        ) {
            self.id = id
            self.value = value
            self.isMatch = isMatch
            self.differences = differences
            self.isUnused = isUnused
        }
    }
}
