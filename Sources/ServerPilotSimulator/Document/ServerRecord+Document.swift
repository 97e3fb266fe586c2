internal import Groundwork
internal import ServerPilot

extension ServerRecord: DocumentedRecord {
    var document: JSONValue {
        [
            "id": .string(id.rawValue), "name": .string(name), "plan": .string(plan),
            "autoupdates": .bool(autoupdates), "firewall": .bool(firewall),
            "deny_unknown_domains": .bool(deniesUnknownDomains), "ssh_password_auth": .bool(allowsPasswordLogin),
            "runtimes": .array(runtimes.map { .string($0) }), "address": JSONValue(address),
            "connected": connected.map { JSONValue($0) } ?? .null,
            "busy_until": busyUntil.map { JSONValue($0) } ?? .null, "created": JSONValue(created),
            "key_digest": JSONValue(keyDigest), "reporting": .bool(isReporting),
        ]
    }

    init(document: DocumentReader) throws(SimulatorStateError) {
        self.init(
            id: ServerID(try document.string("id")), name: try document.string("name"),
            plan: try document.string("plan"), autoupdates: try document.boolean("autoupdates"),
            firewall: try document.boolean("firewall"),
            deniesUnknownDomains: try document.boolean("deny_unknown_domains"),
            allowsPasswordLogin: try document.boolean("ssh_password_auth"),
            runtimes: try document.strings("runtimes"),
            address: try document.optional("address") { (row) throws(SimulatorStateError) in
                try row.string("address")
            },
            connected: try document.optional("connected") { (row) throws(SimulatorStateError) in
                try row.timestamp("connected")
            },
            isReporting: try document.boolean("reporting", default: true),
            busyUntil: try document.optional("busy_until") { (row) throws(SimulatorStateError) in
                try row.timestamp("busy_until")
            },
            created: try document.timestamp("created"),
            keyDigest: try document.string("key_digest", default: nil))
    }
}
