public import Groundwork
public import OrderedCollections

/// An app: a PHP or WordPress site of a system user.
///
/// ```swift
/// func isSecure(_ app: App) -> Bool {
///     if app.autossl?.isAvailable == true { print("AutoSSL is available for \(app.domains.joined(separator: ", "))") }
///     return app.ssl != nil
/// }
/// ```
public struct App: Model, Hashable, Sendable {
    /// The AutoSSL options of an app.
    public struct AutoSSL: Hashable, Sendable {
        /// Whether AutoSSL can be enabled.
        public let isAvailable: Bool
        /// The domains that a certificate would cover.
        public let domains: [String]
    }

    /// The fields of an app in a response; `autossl` comes only in the response about a single app.
    package static let shape = Shape.appDetails

    /// The id of the app.
    public let id: AppID
    /// The name of the app: 3 to 30 characters.
    public let name: String
    /// The system user that owns it.
    public let sysuserid: SysuserID
    /// The id of its server.
    public let serverid: ServerID
    /// The PHP runtime, such as `php8.4`.
    public let runtime: String
    /// The domains of the app, a set: the API does not keep their order.
    public let domains: [String]
    /// The certificate and its settings; `nil` if the app has none.
    public let ssl: SSL?
    /// The AutoSSL options; `nil` if the response does not include them.
    public let autossl: AutoSSL?
    /// The time at which the record was created.
    public let datecreated: Timestamp
    /// Response fields that this type does not define.
    public let unknownFields: JSONObject

    /// Reads an app from a reply.
    package init(from reader: inout ObjectReader) throws(ServerPilotError) {
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
