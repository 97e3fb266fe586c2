internal import Groundwork
internal import ServerPilot

extension DatabaseRecord: DocumentedRecord {
    var document: JSONValue {
        [
            "id": .string(id.rawValue), "name": .string(name), "app": .string(appID.rawValue),
            "server": .string(serverID.rawValue), "user_id": .string(user.id.rawValue),
            "user_name": .string(user.name),
        ]
    }

    init(document: DocumentReader) throws(SimulatorStateError) {
        self.init(
            id: DatabaseID(try document.string("id")), name: try document.string("name"),
            appID: AppID(try document.string("app")), serverID: ServerID(try document.string("server")),
            user: User(
                id: DatabaseUserID(try document.string("user_id")), name: try document.string("user_name")))
    }
}
