/// Something that a record has in common with others of its table, or alone: what a table counts its records by.
///
/// Rules ask how many apps a system user has and whether a name is taken; a table answers from these without going
/// through its records.
public struct RecordPlace: Hashable, Sendable {
    /// What the records have in common.
    enum Kind: Hashable, Sendable {
        /// They are on that server.
        case server
        /// They belong to that system user.
        case sysuser
        /// They belong to that app.
        case app
        /// They have that natural key.
        case naturalKey
        /// On that server they have a database user of that name.
        case databaseUser
        /// They hold that SSH key.
        case sshkey
    }

    private let kind: Kind
    private let value: String

    init(_ kind: Kind, _ value: String) {
        self.kind = kind
        self.value = value
    }

    /// Names on a server, which is part of the key.
    init(_ kind: Kind, _ name: String, on server: String) {
        self.kind = kind
        // A NUL is in no id.
        value = "\(server)\0\(name)"
    }
}
