public import OrderedCollections
public import ServerPilot

/// A system user of a server.
///
/// Its password is not kept: nothing ever asks for it.
public struct SysuserRecord: Record {
    /// The name of the user that every server has from the beginning.
    public static let serverPilotName = Operation.serverPilotUser

    /// Its id.
    public let id: SysuserID
    /// Its name.
    public let name: String
    /// Its server.
    public let serverID: ServerID
    /// The SSH keys that it holds, in the order in which it got them.
    public internal(set) var sshkeys: OrderedSet<SSHKeyID> = []
    /// When the record was made.
    public let created: Timestamp

    /// What its table counts it by.
    public var places: [RecordPlace] {
        [RecordPlace(.server, serverID.rawValue), RecordPlace(.naturalKey, name, on: serverID.rawValue)]
            + sshkeys.map { RecordPlace(.sshkey, $0.rawValue) }
    }

    /// The member of that wire name.
    public subscript(field: String) -> JSONValue? {
        switch field {
        case "id": .string(id.rawValue)
        case "name": .string(name)
        case "serverid": .string(serverID.rawValue)
        case "datecreated": .integer(created.epochSeconds)
        default: nil
        }
    }
}
