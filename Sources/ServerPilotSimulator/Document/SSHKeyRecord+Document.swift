internal import Groundwork
internal import ServerPilot

extension SSHKeyRecord: DocumentedRecord {
    var document: JSONValue {
        [
            "id": .string(id.rawValue), "name": .string(name), "public_key": .string(publicKey),
            "created": JSONValue(created),
        ]
    }

    init(document: DocumentReader) throws(SimulatorStateError) {
        self.init(
            id: SSHKeyID(try document.string("id")), name: try document.string("name"),
            publicKey: try document.string("public_key"), created: try document.timestamp("created"))
    }
}
