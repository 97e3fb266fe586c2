public import Groundwork
public import OrderedCollections
public import ServerPilot

/// A system user of a server.
///
/// The password is not stored: no operation reads it.
///
/// ```swift
/// func users(of server: ServerID, in account: Account) -> [String] {
///     account.sysusers.values.filter { $0.serverID == server && $0.name != SysuserRecord.serverPilotName }.map(\.name)
/// }
/// ```
public struct SysuserRecord: Record, Hashable, Sendable {
    /// The name of the system user that every server has from its creation.
    public static let serverPilotName = Operation.serverPilotUser

    /// The system user's id.
    public let id: SysuserID
    /// The system user's name.
    public let name: String
    /// The system user's server.
    public let serverID: ServerID
    /// The user's SSH keys, in the order in which they were attached.
    public internal(set) var sshkeys: OrderedSet<SSHKeyID> = []
    /// The creation time of the record.
    public let created: Timestamp

    /// The keys by which the table counts the record.
    package var places: [RecordPlace] {
        [RecordPlace(.server, serverID.rawValue), RecordPlace(.naturalKey, name, on: serverID.rawValue)]
            + sshkeys.map { RecordPlace(.sshkey, $0.rawValue) }
    }

    /// The member with that wire name.
    package subscript(field: String) -> JSONValue? {
        switch field {
        case "id": .string(id.rawValue)
        case "name": .string(name)
        case "serverid": .string(serverID.rawValue)
        case "datecreated": .integer(created.epochSeconds)
        default: nil
        }
    }
}
