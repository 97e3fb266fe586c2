/// A key by which a table counts its records, such as their server or their name.
///
/// Rules ask how many apps a system user has and whether a name is taken. A table answers from its counts, without
/// reading its records.
package struct RecordPlace: Hashable, Sendable {
    /// The property that records with the key share.
    enum Kind: Hashable, Sendable {
        /// Records on that server.
        case server
        /// Records of that system user.
        case sysuser
        /// Records of that app.
        case app
        /// Records with that natural key.
        case naturalKey
        /// Records with that domain, in the form in which DNS compares it, on that server.
        case domain
        /// Records whose database user has that name on that server.
        case databaseUser
        /// Records that hold that SSH key.
        case sshkey
    }

    private let kind: Kind
    private let value: String
    /// The server on which the value is unique; `nil` for a value that is unique in the account.
    private let server: String?

    /// Creates a key; pass the server of a name that is unique per server.
    init(_ kind: Kind, _ value: String, on server: String? = nil) {
        self.kind = kind
        self.value = value
        self.server = server
    }
}
