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
        /// Records whose database user has that name on that server.
        case databaseUser
        /// Records that hold that SSH key.
        case sshkey
    }

    private let kind: Kind
    private let value: String

    init(_ kind: Kind, _ value: String) {
        self.kind = kind
        self.value = value
    }

    /// Creates the key of a name that is unique per server, so the server is part of the value.
    init(_ kind: Kind, _ name: String, on server: String) {
        self.kind = kind
        // No id contains a NUL.
        value = "\(server)\0\(name)"
    }
}
