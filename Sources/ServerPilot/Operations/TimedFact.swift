public import Groundwork

/// A fact about a resource that changes with time: no call of the API changes it, and no plan can foresee it.
public enum TimedFact: String, Hashable, Sendable, CaseIterable {
    /// AutoSSL is available for an app; this depends on DNS (rule `autossl-later`).
    case autoSSLIsAvailable = "autossl_available"
    /// A server has connected for the first time, after someone ran its installer (rule `address-after-installer`).
    case serverHasConnected = "connected"

    /// The kind of resource that has the fact.
    public var kind: ResourceKind {
        switch self {
        case .autoSSLIsAvailable: .app
        case .serverHasConnected: .server
        }
    }

    /// Returns the fact of a kind of resource; `nil` if the kind has none.
    public static func about(_ kind: ResourceKind) -> TimedFact? { allCases.first { $0.kind == kind } }

    /// Whether the fact holds for a resource in a response; `nil` if the response does not say.
    public func holds(for resource: JSONValue) -> Bool? {
        switch self {
        case .autoSSLIsAvailable: resource["autossl"]?["available"]?.boolValue
        case .serverHasConnected: resource["lastconn"].map { $0 != .null }
        }
    }

    /// Returns the fact as a sentence about a named resource: `AutoSSL is available for the app 'acme'`.
    public func sentence(about name: String, holds: Bool) -> String {
        switch self {
        case .autoSSLIsAvailable: "AutoSSL is \(holds ? "" : "not ")available for the app '\(name)'"
        case .serverHasConnected: "the server '\(name)' has \(holds ? "" : "not ")connected"
        }
    }
}

/// A fact about one resource.
public struct TimedSubject: Hashable, Sendable {
    /// The fact.
    public let fact: TimedFact
    /// The id of the resource.
    public let id: String
    /// The name of the resource.
    public let name: String
    /// The id of its server; `nil` for a server.
    public let serverID: String?

    /// Creates a subject.
    public init(_ fact: TimedFact, id: String, name: String, serverID: String?) {
        self.fact = fact
        self.id = id
        self.name = name
        self.serverID = serverID
    }

    /// Creates the subject of a resource in a response; `nil` if the response does not say whether the fact holds.
    public init?(of resource: JSONValue, _ kind: ResourceKind) {
        guard let fact = TimedFact.about(kind), fact.holds(for: resource) != nil,
            let id = resource["id"]?.stringValue
        else { return nil }
        self.init(
            fact, id: id, name: resource["name"]?.stringValue ?? id, serverID: resource["serverid"]?.stringValue)
    }

    /// A key of fact, server and name, without the resource's id, which differs in each trial of a plan.
    public var place: String { "\(fact.rawValue) \(serverID ?? "")/\(name)" }
}
