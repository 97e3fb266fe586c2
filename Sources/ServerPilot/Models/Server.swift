/// A server.
public struct Server: Model {
    /// What the API says of a server, the reply to its creation included.
    public static let shape = Shape.newServer

    /// Its id.
    public let id: ServerID
    /// Its name: 1 to 255 characters.
    public let name: String
    /// `economy`, `business` or `first_class`; others may come.
    public let plan: String
    /// Whether the system's packages are updated by themselves.
    public let autoupdates: Bool
    /// Whether the firewall is on.
    public let firewall: Bool
    /// Whether requests for domains of no app are refused.
    public let denyUnknownDomains: Bool
    /// The runtimes that it offers, the newest last.
    public let availableRuntimes: [String]
    /// Its address; `nil` until the installer ran.
    public let lastaddress: String?
    /// When it last connected; `nil` until the installer ran.
    public let lastconn: Timestamp?
    /// When the record was made.
    public let datecreated: Timestamp
    /// The key for the installer: only in the reply to the creation.
    public let apikey: Secret<String>?
    /// What the API sent beyond that.
    public let unknownFields: JSONObject

    /// Reads a server from a reply.
    public init(from reader: inout ObjectReader) throws(ServerPilotError) {
        id = try reader.identifier("id")
        name = try reader.string("name")
        plan = try reader.string("plan")
        autoupdates = try reader.boolean("autoupdates")
        firewall = try reader.boolean("firewall")
        denyUnknownDomains = try reader.boolean("deny_unknown_domains")
        availableRuntimes = try reader.strings("available_runtimes")
        lastaddress = try reader.optional("lastaddress") { (value) throws(ServerPilotError) in value.stringValue }
        lastconn = try reader.optional("lastconn") { (value) throws(ServerPilotError) in
            value.integerValue.map(Timestamp.init(epochSeconds:))
        }
        datecreated = try reader.timestamp("datecreated")
        apikey = try reader.optional("apikey") { (value) throws(ServerPilotError) in value.stringValue.map(Secret.init)
        }
        unknownFields = reader.rest
    }
}
