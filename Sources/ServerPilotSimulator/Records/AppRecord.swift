public import Groundwork
public import OrderedCollections
public import ServerPilot

/// An app of a system user.
///
/// ```swift
/// func domains(of name: String, in account: Account) -> [String] {
///     account.apps.values.first { $0.name == name }.map { Array($0.domains.keys) } ?? []
/// }
/// ```
public struct AppRecord: Record, Hashable, Sendable {
    /// The app's id.
    public let id: AppID
    /// The app's name.
    public let name: String
    /// The system user that owns the app.
    public let sysuserID: SysuserID
    /// The app's server.
    public let serverID: ServerID
    /// The app's PHP runtime.
    public internal(set) var runtime: String
    /// The app's domains in the order of replies, each with the time at which the app got it.
    public internal(set) var domains: OrderedDictionary<String, Timestamp> = [:]
    /// The app's certificate; `nil` without SSL.
    public internal(set) var ssl: SSLRecord?
    /// Whether WordPress was installed with the app, which no reply contains.
    public let hasWordPress: Bool
    /// The creation time of the record.
    public let created: Timestamp

    /// The keys by which the table counts the record.
    package var places: [RecordPlace] {
        [
            RecordPlace(.server, serverID.rawValue), RecordPlace(.sysuser, sysuserID.rawValue),
            RecordPlace(.naturalKey, name, on: serverID.rawValue),
        ] + domainPlaces
    }

    /// The member with that wire name; `nil` for `autossl`, which depends on the time.
    package subscript(field: String) -> JSONValue? {
        switch field {
        case "id": .string(id.rawValue)
        case "name": .string(name)
        case "sysuserid": .string(sysuserID.rawValue)
        case "serverid": .string(serverID.rawValue)
        case "runtime": .string(runtime)
        case "domains": .array(domains.keys.map { .string($0) })
        case "ssl": ssl?.reply(as: .ssl) ?? .null
        case "datecreated": .integer(created.epochSeconds)
        default: nil
        }
    }
}
