public import ServerPilot

/// The certificate of an app and its settings.
public struct SSLRecord: Record {
    /// The private key in PEM, which ServerPilot gives back in every reply (documented).
    public let key: Secret<String>
    /// The certificate, in PEM.
    public let cert: String
    /// The chain, in PEM.
    public let cacerts: String?
    /// Whether AutoSSL keeps it.
    public let auto: Bool
    /// Whether plain HTTP is redirected to HTTPS.
    public internal(set) var force: Bool

    /// It is in no table of its own.
    public var places: [RecordPlace] { [] }

    /// The member of that wire name.
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
