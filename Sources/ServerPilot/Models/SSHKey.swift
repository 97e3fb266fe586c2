/// An SSH key of the account.
public struct SSHKey: Model {
    /// What the API says of an SSH key, with what only the reply about a single one has.
    public static let shape = Shape.sshkeyDetails

    /// Its id.
    public let id: SSHKeyID
    /// What it is called: 1 to 50 characters.
    public let name: String
    /// `SHA256:` and the unpadded base64 of the digest of the key.
    public let sha256Fingerprint: String
    /// The key as in authorized_keys.
    public let publicKey: String
    /// When the record was made.
    public let datecreated: Timestamp
    /// The system users that hold it; `nil` where the reply does not say.
    public let sysusers: [Sysuser]?
    /// What the API sent beyond that.
    public let unknownFields: JSONObject

    /// Reads an SSH key from a reply.
    public init(from reader: inout ObjectReader) throws(ServerPilotError) {
        id = try reader.identifier("id")
        name = try reader.string("name")
        sha256Fingerprint = try reader.string("sha256_fingerprint")
        publicKey = try reader.string("public_key")
        datecreated = try reader.timestamp("datecreated")
        sysusers = try reader.optional("sysusers") { (value) throws(ServerPilotError) in
            guard let elements = value.arrayValue else { return nil }
            var sysusers: [Sysuser] = []
            for element in elements { sysusers.append(try Sysuser(element)) }
            return sysusers
        }
        unknownFields = reader.rest
    }
}
