/// A database of an app.
public struct Database: Model {
    /// The user of a database.
    public struct User: Hashable, Sendable {
        /// Its id, which changing the password needs.
        public let id: DatabaseUserID
        /// Its name: at most 16 characters.
        public let name: String
    }

    /// What the API says of a database.
    public static let shape = Shape.db

    /// Its id.
    public let id: DatabaseID
    /// Its name: 3 to 64 characters.
    public let name: String
    /// The app that it belongs to.
    public let appid: AppID
    /// Its server.
    public let serverid: ServerID
    /// Its user.
    public let user: User
    /// What the API sent beyond that.
    public let unknownFields: JSONObject

    /// Reads a database from a reply.
    public init(from reader: inout ObjectReader) throws(ServerPilotError) {
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
