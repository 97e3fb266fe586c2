public import Groundwork

/// A server.
///
/// ```swift
/// func outdated(_ servers: [Server], without runtime: String) -> [String] {
///     servers.filter { $0.lastconn != nil && !$0.availableRuntimes.contains(runtime) }.map(\.name)
/// }
/// ```
public struct Server: Model, Hashable, Sendable {
    // Large: it mirrors a record of the API.
    /// The fields of a server in a response; `apikey` comes only in the response to its creation.
    package static let shape = Shape.newServer

    /// The id of the server.
    public let id: ServerID
    /// The name of the server: 1 to 255 characters.
    public let name: String
    /// The billing plan: `economy`, `business` or `first_class`; the API may add others.
    public let plan: String
    /// Whether the server updates its system packages automatically.
    public let autoupdates: Bool
    /// Whether the firewall is on.
    public let firewall: Bool
    /// Whether the server refuses requests for domains that no app has.
    public let denyUnknownDomains: Bool
    /// The available runtimes, the newest last.
    public let availableRuntimes: [String]
    /// The IP address; `nil` until the installer has run.
    public let lastaddress: String?
    /// The time of the last connection; `nil` until the installer has run.
    public let lastconn: Timestamp?
    /// The time at which the record was created.
    public let datecreated: Timestamp
    /// The key for the installer; only the response to the creation includes it.
    public let apikey: Secret<String>?
    /// Response fields that this type does not define.
    public let unknownFields: JSONObject

    /// Reads a server from a reply.
    package init(from reader: inout ObjectReader) throws(ServerPilotError) {
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
