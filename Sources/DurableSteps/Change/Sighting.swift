public import Groundwork

/// The result of a lookup.
///
/// ```swift
/// func candidates(in orders: [JSONValue], reference: String) -> [Sighting.Candidate] {
///     orders.map { order in
///         Sighting.Candidate(
///             id: order["id"]?.stringValue, value: order, isMatch: order["reference"]?.stringValue == reference)
///     }
/// }
/// ```
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
