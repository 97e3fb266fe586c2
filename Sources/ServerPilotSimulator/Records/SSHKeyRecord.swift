public import Groundwork
public import ServerPilot

/// An SSH key of the account.
///
/// ```swift
/// func fingerprints(in account: Account) -> [String] {
///     account.sshkeys.values.map { "\($0.name) \($0.fingerprint)" }
/// }
/// ```
public struct SSHKeyRecord: Record, Hashable, Sendable {
    /// The key's id.
    public let id: SSHKeyID
    /// The key's name.
    public internal(set) var name: String
    /// The public key in authorized_keys form.
    public let publicKey: String
    /// The creation time of the record.
    public let created: Timestamp
    /// The fingerprint that a real account reported; `nil` for keys of no real account.
    var copiedFingerprint: String?

    /// `SHA256:` and the unpadded base64 of the digest of the key.
    ///
    /// Each read computes it: an account has many keys, and few calls ask for them.
    public var fingerprint: String { copiedFingerprint ?? Self.fingerprint(of: publicKey) }

    /// The keys by which the table counts the record.
    package var places: [RecordPlace] { [RecordPlace(.naturalKey, NaturalKey.withoutComment(publicKey))] }

    /// The member with that wire name.
    package subscript(field: String) -> JSONValue? {
        switch field {
        case "id": .string(id.rawValue)
        case "name": .string(name)
        case "sha256_fingerprint": .string(fingerprint)
        case "public_key": .string(publicKey)
        case "datecreated": .integer(created.epochSeconds)
        default: nil
        }
    }
}
