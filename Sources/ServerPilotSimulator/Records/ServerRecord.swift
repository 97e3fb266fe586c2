public import ServerPilot

/// A server of the account.
public struct ServerRecord: Record {
    /// Its id.
    public let id: ServerID
    /// Its name.
    public let name: String
    /// `economy`, `business` or `first_class`.
    public internal(set) var plan: String
    /// Whether the system's packages are updated by themselves.
    public internal(set) var autoupdates = true
    /// Whether the firewall is on.
    public internal(set) var firewall = true
    /// Whether requests for domains of no app are refused.
    public internal(set) var deniesUnknownDomains = true
    /// Whether people may log in by password over SSH; no reply tells it.
    public let allowsPasswordLogin: Bool
    /// The runtimes that it offers, the newest last.
    public internal(set) var runtimes: [String]
    /// Its address; `nil` until the installer ran.
    public internal(set) var address: String?
    /// When it last connected; `nil` until the installer ran.
    public internal(set) var connected: Timestamp?
    /// When the last work that is queued on it will have ended; `nil` before there was any.
    public internal(set) var busyUntil: Timestamp?
    /// When the record was made.
    public let created: Timestamp
    /// By which the server's API key is known again, which is shown only once; `nil` where it never was.
    public internal(set) var keyDigest: String?

    /// What its table counts it by.
    public var places: [RecordPlace] { [RecordPlace(.naturalKey, name)] }

    /// The member of that wire name.
    public subscript(field: String) -> JSONValue? {
        switch field {
        case "id": .string(id.rawValue)
        case "name": .string(name)
        case "plan": .string(plan)
        case "autoupdates": .bool(autoupdates)
        case "firewall": .bool(firewall)
        case "deny_unknown_domains": .bool(deniesUnknownDomains)
        case "available_runtimes": .array(runtimes.map { .string($0) })
        case "lastaddress": address.map { .string($0) } ?? .null
        case "lastconn": connected.map { .integer($0.epochSeconds) } ?? .null
        case "datecreated": .integer(created.epochSeconds)
        default: nil
        }
    }
}
