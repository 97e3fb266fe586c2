public import ServerPilot

/// An SSH key of the account.
public struct SSHKeyRecord: Record {
    /// Its id.
    public let id: SSHKeyID
    /// What it is called.
    public internal(set) var name: String
    /// The key as in authorized_keys.
    public let publicKey: String
    /// `SHA256:` and the unpadded base64 of the digest of the key.
    public let fingerprint: String
    /// When the record was made.
    public let created: Timestamp

    /// What its table counts it by.
    public var places: [RecordPlace] { [RecordPlace(.naturalKey, NaturalKey.withoutComment(publicKey))] }

    /// The member of that wire name.
    public subscript(field: String) -> JSONValue? {
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
