public import OrderedCollections
public import ServerPilot

/// An app of a system user.
public struct AppRecord: Record {
    /// Its id.
    public let id: AppID
    /// Its name.
    public let name: String
    /// The system user that owns it.
    public let sysuserID: SysuserID
    /// Its server.
    public let serverID: ServerID
    /// Its PHP runtime.
    public internal(set) var runtime: String
    /// Its domains, each with the time since when the app has it, in the order in which replies name them.
    public internal(set) var domains: OrderedDictionary<String, Timestamp> = [:]
    /// Its certificate.
    public internal(set) var ssl: SSLRecord?
    /// Whether WordPress was installed with it; no reply tells it.
    public let hasWordPress: Bool
    /// When the record was made.
    public let created: Timestamp

    /// What its table counts it by.
    public var places: [RecordPlace] {
        [
            RecordPlace(.server, serverID.rawValue), RecordPlace(.sysuser, sysuserID.rawValue),
            RecordPlace(.naturalKey, name, on: serverID.rawValue),
        ]
    }

    /// The member of that wire name; `autossl` depends on the time and is not among them.
    public subscript(field: String) -> JSONValue? {
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
