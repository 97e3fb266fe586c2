/// The kinds of ServerPilot resources with an id; the raw values are used in names of Lua functions.
///
/// ```swift
/// for kind in ResourceKind.allCases {
///     if let creation = ServerPilot.Operation.creating(kind) { print("\(kind.spokenName): \(creation.name)") }
/// }
/// ```
public enum ResourceKind: String, Hashable, Sendable, CaseIterable {
    /// A server.
    case server
    /// An SSH key of the account.
    case sshkey
    /// A system user of a server.
    case sysuser
    /// An app: a PHP or WordPress site of a system user.
    case app
    /// A database of an app.
    case db
    /// The database user that belongs to one database.
    case dbuser
    /// An action: work queued on a server.
    case action

    /// The name in prose, such as `SSH key` and `system user`.
    public var spokenName: String {
        switch self {
        case .server: "server"
        case .sshkey: "SSH key"
        case .sysuser: "system user"
        case .app: "app"
        case .db: "database"
        case .dbuser: "database user"
        case .action: "action"
        }
    }

    /// The indefinite article before `spokenName`.
    package var article: String {
        switch self {
        case .sshkey, .app, .action: "an"
        default: "a"
        }
    }
}
