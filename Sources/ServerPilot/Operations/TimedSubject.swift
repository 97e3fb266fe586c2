package import Groundwork

/// A fact about one resource.
package struct TimedSubject: Hashable, Sendable {
    /// The fact.
    package let fact: TimedFact
    /// The id of the resource.
    package let id: String
    /// The name of the resource.
    package let name: String
    /// The id of its server; `nil` for a server.
    package let serverID: String?

    /// Creates a subject.
    package init(_ fact: TimedFact, id: String, name: String, serverID: String?) {
        self.fact = fact
        self.id = id
        self.name = name
        self.serverID = serverID
    }

    /// Creates the subject of a resource in a response; `nil` if the response does not say whether the fact holds.
    package init?(of resource: JSONValue, _ kind: ResourceKind) {
        guard let fact = TimedFact.about(kind), fact.holds(for: resource) != nil,
            let id = resource["id"]?.stringValue
        else { return nil }
        self.init(
            fact, id: id, name: resource["name"]?.stringValue ?? id, serverID: resource["serverid"]?.stringValue)
    }

    /// A key of fact, server and name, without the resource's id, which differs in each trial of a plan.
    package var place: String { "\(fact.rawValue) \(serverID ?? "")/\(name)" }
}
