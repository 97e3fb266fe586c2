/// A system user of a server.
public struct Sysuser: Model {
    /// What the API says of a system user.
    public static let shape = Shape.sysuser

    /// Its id.
    public let id: SysuserID
    /// Its name: 3 to 32 characters.
    public let name: String
    /// Its server.
    public let serverid: ServerID
    /// What the API sent beyond that.
    public let unknownFields: JSONObject

    /// Reads a system user from a reply.
    public init(from reader: inout ObjectReader) throws(ServerPilotError) {
        id = try reader.identifier("id")
        name = try reader.string("name")
        serverid = try reader.identifier("serverid")
        unknownFields = reader.rest
    }
}
