internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension AppRecord: DocumentedRecord {
    var document: JSONValue {
        [
            "id": .string(id.rawValue), "name": .string(name), "sysuser": .string(sysuserID.rawValue),
            "server": .string(serverID.rawValue), "runtime": .string(runtime),
            "domains": .array(
                domains.map { name, since in ["name": .string(name), "since": JSONValue(since)] }),
            "ssl": ssl?.document ?? .null, "wordpress": .bool(hasWordPress), "created": JSONValue(created),
        ]
    }

    init(document: DocumentReader) throws(SimulatorStateError) {
        var domains: OrderedDictionary<String, Timestamp> = [:]
        for domain in try document.objects("domains") {
            domains[try domain.string("name")] = try domain.timestamp("since")
        }
        self.init(
            id: AppID(try document.string("id")), name: try document.string("name"),
            sysuserID: SysuserID(try document.string("sysuser")), serverID: ServerID(try document.string("server")),
            runtime: try document.string("runtime"), domains: domains,
            ssl: try document.optional("ssl") { (row) throws(SimulatorStateError) in
                try SSLRecord(document: try row.object("ssl"))
            },
            hasWordPress: try document.boolean("wordpress"), created: try document.timestamp("created"))
    }
}

extension SSLRecord {
    /// The certificate with its private key, which must be stored because ServerPilot returns it in every reply.
    var document: JSONValue {
        [
            "key": .string(key.reveal()), "cert": .string(cert), "cacerts": JSONValue(cacerts), "auto": .bool(auto),
            "force": .bool(force),
        ]
    }

    init(document: DocumentReader) throws(SimulatorStateError) {
        self.init(
            key: Secret(try document.string("key")), cert: try document.string("cert"),
            cacerts: try document.optional("cacerts") { (row) throws(SimulatorStateError) in
                try row.string("cacerts")
            },
            auto: try document.boolean("auto"), force: try document.boolean("force"))
    }
}
