public import Groundwork

/// An SSH key of the account.
///
/// ```swift
/// func holders(of key: SSHKey) -> String {
///     "\(key.name) \(key.sha256Fingerprint): \((key.sysusers ?? []).map(\.name).joined(separator: ", "))"
/// }
/// ```
public struct SSHKey: Model, Hashable, Sendable {
    /// The fields of an SSH key in a response; `sysusers` comes only in the response about a single key.
    package static let shape = Shape.sshkeyDetails

    /// The id of the key.
    public let id: SSHKeyID
    /// The name of the key: 1 to 50 characters.
    public let name: String
    /// The fingerprint: `SHA256:` and the unpadded base64 of the key's digest.
    public let sha256Fingerprint: String
    /// The public key in authorized_keys form.
    public let publicKey: String
    /// The time at which the record was created.
    public let datecreated: Timestamp
    /// The system users that have the key; `nil` if the response does not include them.
    public let sysusers: [Sysuser]?
    /// Response fields that this type does not define.
    public let unknownFields: JSONObject

    /// Reads an SSH key from a reply.
    package init(from reader: inout ObjectReader) throws(ServerPilotError) {
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
