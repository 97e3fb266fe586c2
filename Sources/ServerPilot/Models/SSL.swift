/// The certificate of an app and its settings.
public struct SSL: Model {
    /// What the API says of a certificate.
    public static let shape = Shape.ssl

    /// The private key in PEM: it is in every reply, lists included.
    public let key: Secret<String>?
    /// The certificate, in PEM.
    public let cert: String?
    /// The chain, in PEM.
    public let cacerts: String?
    /// Whether AutoSSL keeps it; `nil` where the reply does not say.
    public let auto: Bool?
    /// Whether plain HTTP is redirected to HTTPS; `nil` where the reply does not say.
    public let force: Bool?
    /// What the API sent beyond that.
    public let unknownFields: JSONObject

    /// Reads a certificate from a reply.
    public init(from reader: inout ObjectReader) throws(ServerPilotError) {
        key = try reader.optional("key") { (value) throws(ServerPilotError) in value.stringValue.map(Secret.init) }
        cert = try reader.optional("cert") { (value) throws(ServerPilotError) in value.stringValue }
        cacerts = try reader.optional("cacerts") { (value) throws(ServerPilotError) in value.stringValue }
        auto = try reader.optional("auto") { (value) throws(ServerPilotError) in value.boolValue }
        force = try reader.optional("force") { (value) throws(ServerPilotError) in value.boolValue }
        unknownFields = reader.rest
    }
}
