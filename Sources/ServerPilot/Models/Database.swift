public import Groundwork

/// A database of an app.
///
/// ```swift
/// func list(_ databases: [Database], of app: AppID) {
///     for database in databases where database.appid == app { print("\(database.name), user \(database.user.name)") }
/// }
/// ```
public struct Database: Model, Hashable, Sendable {
    /// The user of a database.
    public struct User: Hashable, Sendable {
        /// The id of the user, required to change the password.
        public let id: DatabaseUserID
        /// The name of the user: at most 16 characters.
        public let name: String
    }

    /// The fields of a database in a response.
    package static let shape = Shape.db

    /// The id of the database.
    public let id: DatabaseID
    /// The name of the database: 3 to 64 characters.
    public let name: String
    /// The id of the app that owns it.
    public let appid: AppID
    /// The id of its server.
    public let serverid: ServerID
    /// The database user.
    public let user: User
    /// Response fields that this type does not define.
    public let unknownFields: JSONObject

    /// Reads a database from a reply.
    package init(from reader: inout ObjectReader) throws(ServerPilotError) {
        id = try reader.identifier("id")
        name = try reader.string("name")
        appid = try reader.identifier("appid")
        serverid = try reader.identifier("serverid")
        user = try reader.required("user") { (value) throws(ServerPilotError) in
            var reader = try ObjectReader(value, of: "user")
            return User(id: try reader.identifier("id"), name: try reader.string("name"))
        }
        unknownFields = reader.rest
    }
}
