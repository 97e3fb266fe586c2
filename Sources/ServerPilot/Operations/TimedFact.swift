/// A fact about a resource that only time decides: no call of the API changes it, and no plan can foresee it.
public enum TimedFact: String, Hashable, Sendable, CaseIterable {
    /// AutoSSL is available for an app. DNS decides (rule `autossl-later`).
    case autoSSLIsAvailable = "autossl_available"
    /// A server has connected for the first time. Whoever runs the installer decides (rule `address-after-installer`).
    case serverHasConnected = "connected"

    /// The kind of resource that has it.
    public var kind: ResourceKind {
        switch self {
        case .autoSSLIsAvailable: .app
        case .serverHasConnected: .server
        }
    }

    /// The fact of a kind of resource; `nil` where time decides nothing about it.
    public static func about(_ kind: ResourceKind) -> TimedFact? { allCases.first { $0.kind == kind } }

    /// Whether it holds for a resource as a response describes it; `nil` where the response does not say.
    public func holds(for resource: JSONValue) -> Bool? {
        switch self {
        case .autoSSLIsAvailable: resource["autossl"]?["available"]?.boolValue
        case .serverHasConnected: resource["lastconn"].map { $0 != .null }
        }
    }

    /// The fact as a sentence about a resource of that name: `AutoSSL is available for the app 'acme'`.
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
    /// Its name.
    public let name: String
    /// The id of its server; `nil` for a server.
    public let serverID: String?

    /// A fact about one resource.
    public init(_ fact: TimedFact, id: String, name: String, serverID: String?) {
        self.fact = fact
        self.id = id
        self.name = name
        self.serverID = serverID
    }

    /// The subject of a resource as a response describes it; `nil` where the response does not say whether the fact
    /// holds.
    public init?(of resource: JSONValue, _ kind: ResourceKind) {
        guard let fact = TimedFact.about(kind), fact.holds(for: resource) != nil,
            let id = resource["id"]?.stringValue
        else { return nil }
        self.init(
            fact, id: id, name: resource["name"]?.stringValue ?? id, serverID: resource["serverid"]?.stringValue)
    }

    /// What it is known by where ids are made up anew each time: the name on its server.
    public var place: String { "\(fact.rawValue) \(serverID ?? "")/\(name)" }
}
