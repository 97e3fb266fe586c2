public import Groundwork

/// A system user of a server.
///
/// ```swift
/// import ServerPilotClient
///
/// func user(named name: String, on server: ServerID, in account: ServerPilotAccount) async throws -> Sysuser? {
///     try await account.sysusers().first { $0.name == name && $0.serverid == server }
/// }
/// ```
public struct Sysuser: Model, Hashable, Sendable {
    /// The fields of a system user in a response.
    package static let shape = Shape.sysuser

    /// The id of the system user.
    public let id: SysuserID
    /// The name of the system user: 3 to 32 characters.
    public let name: String
    /// The id of its server.
    public let serverid: ServerID
    /// Response fields that this type does not define.
    public let unknownFields: JSONObject

    /// Reads a system user from a reply.
    package init(from reader: inout ObjectReader) throws(ServerPilotError) {
        id = try reader.identifier("id")
        name = try reader.string("name")
        serverid = try reader.identifier("serverid")
        unknownFields = reader.rest
    }
}
