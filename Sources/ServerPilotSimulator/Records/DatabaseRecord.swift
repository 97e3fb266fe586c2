package import Groundwork
public import ServerPilot

/// A database of an app.
///
/// The password of its user is not stored: no operation reads it.
///
/// ```swift
/// func databases(of app: AppID, in account: Account) -> [String] {
///     account.databases.values.filter { $0.appID == app }.map { "\($0.name), user \($0.user.name)" }
/// }
/// ```
public struct DatabaseRecord: Record, Hashable, Sendable {
    /// The user of a database.
    public struct User: Hashable, Sendable {
        /// The user's id.
        public let id: DatabaseUserID
        /// The user's name.
        public let name: String
    }

    /// The database's id.
    public let id: DatabaseID
    /// The database's name.
    public let name: String
    /// The app that owns the database.
    public let appID: AppID
    /// The database's server.
    public let serverID: ServerID
    /// The database's user.
    public let user: User

    /// The keys by which the table counts the record.
    package var places: [RecordPlace] {
        [
            RecordPlace(.server, serverID.rawValue), RecordPlace(.app, appID.rawValue),
            RecordPlace(.naturalKey, name, on: serverID.rawValue),
            RecordPlace(.databaseUser, user.name, on: serverID.rawValue),
        ]
    }

    /// The member with that wire name.
    package subscript(field: String) -> JSONValue? {
        switch field {
        case "id": .string(id.rawValue)
        case "name": .string(name)
        case "appid": .string(appID.rawValue)
        case "serverid": .string(serverID.rawValue)
        case "user": ["id": .string(user.id.rawValue), "name": .string(user.name)]
        default: nil
        }
    }
}
