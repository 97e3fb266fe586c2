public import Groundwork

/// The certificate of an app and its settings.
///
/// ```swift
/// func describe(_ ssl: SSL) -> String {
///     let kind = ssl.auto == true ? "AutoSSL" : "a certificate"
///     return ssl.force == true ? "\(kind), HTTP is redirected" : kind
/// }
/// ```
public struct SSL: Model, Hashable, Sendable {
    /// The fields of a certificate in a response.
    package static let shape = Shape.ssl

    /// The private key, in PEM; every response about the app includes it, lists too.
    public let key: Secret<String>?
    /// The certificate, in PEM.
    public let cert: String?
    /// The certificate chain, in PEM.
    public let cacerts: String?
    /// Whether AutoSSL manages the certificate; `nil` if the response does not say.
    public let auto: Bool?
    /// Whether plain HTTP is redirected to HTTPS; `nil` if the response does not say.
    public let force: Bool?
    /// Response fields that this type does not define.
    public let unknownFields: JSONObject

    /// Reads a certificate from a reply.
    package init(from reader: inout ObjectReader) throws(ServerPilotError) {
        key = try reader.optional("key") { (value) throws(ServerPilotError) in value.stringValue.map(Secret.init) }
        cert = try reader.optional("cert") { (value) throws(ServerPilotError) in value.stringValue }
        cacerts = try reader.optional("cacerts") { (value) throws(ServerPilotError) in value.stringValue }
        auto = try reader.optional("auto") { (value) throws(ServerPilotError) in value.boolValue }
        force = try reader.optional("force") { (value) throws(ServerPilotError) in value.boolValue }
        unknownFields = reader.rest
    }
}
