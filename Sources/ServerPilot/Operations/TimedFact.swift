package import Groundwork

/// A fact about a resource that changes with time: no call of the API changes it, and no plan can foresee it.
package enum TimedFact: String, Hashable, Sendable, CaseIterable {
    /// AutoSSL is available for an app; this depends on DNS (rule `autossl-later`).
    case autoSSLIsAvailable = "autossl_available"
    /// A server has connected for the first time, after someone ran its installer (rule `address-after-installer`).
    case serverHasConnected = "connected"

    /// The kind of resource that has the fact.
    package var kind: ResourceKind {
        switch self {
        case .autoSSLIsAvailable: .app
        case .serverHasConnected: .server
        }
    }

    /// Returns the fact of a kind of resource; `nil` if the kind has none.
    package static func about(_ kind: ResourceKind) -> TimedFact? { allCases.first { $0.kind == kind } }

    /// Whether the fact holds for a resource in a response; `nil` if the response does not say.
    package func holds(for resource: JSONValue) -> Bool? {
        switch self {
        case .autoSSLIsAvailable: resource["autossl"]?["available"]?.boolValue
        case .serverHasConnected: resource["lastconn"].map { $0 != .null }
        }
    }

    /// Returns the fact as a sentence about a named resource: `AutoSSL is available for the app 'acme'`.
    package func sentence(about name: String, holds: Bool) -> String {
        switch self {
        case .autoSSLIsAvailable: "AutoSSL is \(holds ? "" : "not ")available for the app '\(name)'"
        case .serverHasConnected: "the server '\(name)' has \(holds ? "" : "not ")connected"
        }
    }
}
