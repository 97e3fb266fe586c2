public import Groundwork

/// An app's certificate and SSL settings.
///
/// ```swift
/// func autoSSLApps(in account: Account) -> [String] {
///     account.apps.values.filter { $0.ssl?.auto == true }.map(\.name)
/// }
/// ```
public struct SSLRecord: Record, Hashable, Sendable {
    /// The private key in PEM, which ServerPilot returns in every reply (documented).
    public let key: Secret<String>
    /// The certificate, in PEM.
    public let cert: String
    /// The certificate chain, in PEM; `nil` without a chain.
    public let cacerts: String?
    /// Whether AutoSSL manages the certificate.
    public let auto: Bool
    /// Whether plain HTTP is redirected to HTTPS.
    public internal(set) var force: Bool

    /// Empty: the record is in no table of its own.
    package var places: [RecordPlace] { [] }

    /// The member with that wire name.
    package subscript(field: String) -> JSONValue? {
        switch field {
        case "key": .string(key.reveal())
        case "cert": .string(cert)
        case "cacerts": cacerts.map { .string($0) } ?? .null
        case "auto": .bool(auto)
        case "force": .bool(force)
        default: nil
        }
    }
}
