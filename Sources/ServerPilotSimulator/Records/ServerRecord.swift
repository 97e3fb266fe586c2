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
    /// When it connected, as far as is known; `nil` until the installer ran.
    public internal(set) var connected: Timestamp?
    /// Whether it goes on to report from then on.
    public internal(set) var isReporting = true
    /// When the last work that is queued on it will have ended; `nil` before there was any.
    public internal(set) var busyUntil: Timestamp?
    /// When the record was made.
    public let created: Timestamp
    /// By which the server's API key is known again, which is shown only once; `nil` where it never was.
    public internal(set) var keyDigest: String?

    /// What its table counts it by.
    public var places: [RecordPlace] { [RecordPlace(.naturalKey, name)] }

    /// So often a server reports; one that was silent for longer than a few of them has stopped.
    static let reportInterval = Duration.seconds(60)

    /// When it last reported; `nil` until the installer ran.
    func lastConnection(at now: Timestamp, moves: Bool) -> Timestamp? {
        guard let connected, isReporting, moves, connected < now else { return connected }
        let reports = (now - connected).components.seconds / Self.reportInterval.components.seconds
        return connected + Self.reportInterval * Int(reports)
    }

    /// Whether a server that last reported then is still at it.
    static func isReporting(since last: Timestamp, at now: Timestamp) -> Bool { now - last <= reportInterval * 5 }

    /// The member of that wire name; `lastconn` depends on the time and is not among them.
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
        case "datecreated": .integer(created.epochSeconds)
        default: nil
        }
    }
}
