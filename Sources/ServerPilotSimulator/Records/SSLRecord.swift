public import Groundwork

/// An app's certificate and SSL settings.
public struct SSLRecord: Record {
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
    public var places: [RecordPlace] { [] }

    /// The member with that wire name.
    public subscript(field: String) -> JSONValue? {
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
