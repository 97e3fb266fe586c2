public import ServerPilot

/// A database of an app.
///
/// The password of its user is not kept: nothing ever asks for it.
public struct DatabaseRecord: Record {
    /// The user of a database.
    public struct User: Hashable, Sendable {
        /// Its id.
        public let id: DatabaseUserID
        /// Its name.
        public let name: String
    }

    /// Its id.
    public let id: DatabaseID
    /// Its name.
    public let name: String
    /// The app that it belongs to.
    public let appID: AppID
    /// Its server.
    public let serverID: ServerID
    /// Its user.
    public let user: User

    /// What its table counts it by.
    public var places: [RecordPlace] {
        [
            RecordPlace(.server, serverID.rawValue), RecordPlace(.app, appID.rawValue),
            RecordPlace(.naturalKey, name, on: serverID.rawValue),
            RecordPlace(.databaseUser, user.name, on: serverID.rawValue),
        ]
    }

    /// The member of that wire name.
    public subscript(field: String) -> JSONValue? {
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
