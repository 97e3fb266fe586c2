public import Groundwork
public import ServerPilot

/// A server of the account.
///
/// ```swift
/// func unconnected(in account: Account) -> [String] {
///     account.servers.values.filter { $0.connected == nil }.map(\.name)
/// }
/// ```
public struct ServerRecord: Record, Hashable, Sendable {
    // Large: it mirrors a record of the API.
    /// The server's id.
    public let id: ServerID
    /// The server's name.
    public let name: String
    /// The server's plan: `economy`, `business` or `first_class`.
    public internal(set) var plan: String
    /// Whether the system's packages are updated automatically.
    public internal(set) var autoupdates = true
    /// Whether the firewall is on.
    public internal(set) var firewall = true
    /// Whether the server rejects requests for domains that no app has.
    public internal(set) var deniesUnknownDomains = true
    /// Whether users may log in by password over SSH, which no reply contains.
    public let allowsPasswordLogin: Bool
    /// The runtimes that the server offers, the newest last.
    public internal(set) var runtimes: [String]
    /// The server's address; `nil` until the installer ran.
    public internal(set) var address: String?
    /// The time of the earliest known connection; `nil` until the installer ran.
    public internal(set) var connected: Timestamp?
    /// Whether the server keeps reporting after `connected`.
    public internal(set) var isReporting = true
    /// The time at which all queued work ends; `nil` if none was queued.
    public internal(set) var busyUntil: Timestamp?
    /// The creation time of the record.
    public let created: Timestamp
    /// The digest of the server's API key, which is shown only once; `nil` if the account never issued a key.
    public internal(set) var keyDigest: String?

    /// The keys by which the table counts the record.
    package var places: [RecordPlace] { [RecordPlace(.naturalKey, name)] }

    /// The interval of a server's reports.
    static let reportInterval = Duration.seconds(60)

    /// Returns the time of the last report; `nil` until the installer ran.
    func lastConnection(at now: Timestamp, moves: Bool) -> Timestamp? {
        guard let connected, isReporting, moves, connected < now else { return connected }
        let reports = (now - connected).components.seconds / Self.reportInterval.components.seconds
        return connected + Self.reportInterval * Int(reports)
    }

    /// Whether a server with that last report still reports: true for up to five report intervals.
    static func isReporting(since last: Timestamp, at now: Timestamp) -> Bool { now - last <= reportInterval * 5 }

    /// The member with that wire name; `nil` for `lastconn`, which depends on the time.
    package subscript(field: String) -> JSONValue? {
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
