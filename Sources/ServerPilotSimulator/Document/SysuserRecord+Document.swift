internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension SysuserRecord: DocumentedRecord {
    var document: JSONValue {
        [
            "id": .string(id.rawValue), "name": .string(name), "server": .string(serverID.rawValue),
            "sshkeys": .array(sshkeys.map { .string($0.rawValue) }), "created": JSONValue(created),
        ]
    }

    init(document: DocumentReader) throws(SimulatorStateError) {
        self.init(
            id: SysuserID(try document.string("id")), name: try document.string("name"),
            serverID: ServerID(try document.string("server")),
            sshkeys: OrderedSet(try document.strings("sshkeys").map { SSHKeyID($0) }),
            created: try document.timestamp("created"))
    }
}
