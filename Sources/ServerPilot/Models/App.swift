public import OrderedCollections

/// An app: a PHP or WordPress site of a system user.
public struct App: Model {
    /// What AutoSSL could do for the app.
    public struct AutoSSL: Hashable, Sendable {
        /// Whether AutoSSL can be enabled.
        public let isAvailable: Bool
        /// The domains that a certificate would cover.
        public let domains: [String]
    }

    /// What the API says of an app, with what only the reply about a single one has.
    public static let shape = Shape.appDetails

    /// Its id.
    public let id: AppID
    /// Its name: 3 to 30 characters.
    public let name: String
    /// The system user that owns it.
    public let sysuserid: SysuserID
    /// Its server.
    public let serverid: ServerID
    /// Its PHP runtime, such as `php8.4`.
    public let runtime: String
    /// Its domains, a set: the order is not kept.
    public let domains: [String]
    /// Its certificate; `nil` without.
    public let ssl: SSL?
    /// What AutoSSL could do; `nil` where the reply does not say.
    public let autossl: AutoSSL?
    /// When the record was made.
    public let datecreated: Timestamp
    /// What the API sent beyond that.
    public let unknownFields: JSONObject

    /// Reads an app from a reply.
    public init(from reader: inout ObjectReader) throws(ServerPilotError) {
        id = try reader.identifier("id")
        name = try reader.string("name")
        sysuserid = try reader.identifier("sysuserid")
        serverid = try reader.identifier("serverid")
        runtime = try reader.string("runtime")
        domains = try reader.strings("domains")
        ssl = try reader.optional("ssl") { (value) throws(ServerPilotError) in try SSL(value) }
        autossl = try reader.optional("autossl") { (value) throws(ServerPilotError) in
            var reader = try ObjectReader(value, of: "autossl")
            return AutoSSL(
                isAvailable: try reader.boolean("available"),
                domains: reader.rest["domains"] == nil ? [] : try reader.strings("domains"))
        }
        datecreated = try reader.timestamp("datecreated")
        unknownFields = reader.rest
    }
}
