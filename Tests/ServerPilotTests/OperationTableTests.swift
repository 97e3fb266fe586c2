import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import Testing

@Suite("The operations table")
struct OperationTableTests {
    /// What ServerPilot's document lists, written down here once more: the table is held to it.
    static let documented: [(name: Operation.Name, method: HTTPRequest.Method, path: String)] = [
        ("servers", .get, "/servers"), ("create_server", .post, "/servers"), ("server", .get, "/servers/:id"),
        ("update_server", .post, "/servers/:id"), ("delete_server", .delete, "/servers/:id"),
        ("sshkeys", .get, "/sshkeys"), ("create_sshkey", .post, "/sshkeys"), ("sshkey", .get, "/sshkeys/:id"),
        ("rename_sshkey", .post, "/sshkeys/:id"), ("delete_sshkey", .delete, "/sshkeys/:id"),
        ("sysusers", .get, "/sysusers"), ("create_sysuser", .post, "/sysusers"), ("sysuser", .get, "/sysusers/:id"),
        ("update_sysuser", .post, "/sysusers/:id"), ("delete_sysuser", .delete, "/sysusers/:id"),
        ("sysuser_sshkeys", .get, "/sysusers/:id/sshkeys"), ("add_sysuser_sshkey", .post, "/sysusers/:id/sshkeys"),
        ("remove_sysuser_sshkey", .delete, "/sysusers/:id/sshkeys/:sshkey_id"),
        ("apps", .get, "/apps"), ("create_app", .post, "/apps"), ("app", .get, "/apps/:id"),
        ("update_app", .post, "/apps/:id"), ("delete_app", .delete, "/apps/:id"),
        ("add_ssl", .post, "/apps/:id/ssl"), ("enable_autossl", .post, "/apps/:id/ssl"),
        ("force_ssl", .post, "/apps/:id/ssl"), ("delete_ssl", .delete, "/apps/:id/ssl"),
        ("dbs", .get, "/dbs"), ("create_db", .post, "/dbs"), ("db", .get, "/dbs/:id"), ("update_db", .post, "/dbs/:id"),
        ("delete_db", .delete, "/dbs/:id"), ("action", .get, "/actions/:id"),
    ]

    @Test("has every documented operation with its method and path, and no other")
    func complete() {
        #expect(Operation.all.map(\.name) == Self.documented.map(\.name))
        for (operation, expected) in zip(Operation.all, Self.documented) {
            #expect(operation.method == expected.method, "\(operation.name)")
            #expect(operation.path.description == expected.path, "\(operation.name)")
        }
        #expect(Operation.named("create_app")?.name == "create_app")
        #expect(Operation.named("make_coffee") == nil)
    }

    @Test("each operation is consistent", arguments: Operation.all.map(\.name))
    func consistent(name: Operation.Name) throws {
        let operation = try #require(Operation.named(name))
        let variables = operation.path.segments.compactMap { segment -> String? in
            if case .variable(let name) = segment { name } else { nil }
        }
        #expect(operation.pathParameters.map(\.name) == variables)
        let names = operation.parameters.map(\.name) + operation.fixedBody.keys
        #expect(Set(names).count == names.count)
        #expect(operation.method == .post || operation.bodyParameters.isEmpty)
        #expect((operation.effect == .read) == (operation.method == .get))
        #expect((operation.effect == .delete) == (operation.method == .delete))
        #expect(operation.isRepeatable == (operation.effect != .create))
        #expect(operation.documentation.hasSuffix("."))
        if operation.effect == .create {
            let key = try #require(operation.naturalKey)
            let listing = try #require(Operation.named(key.listing))
            guard case .list(let shape) = listing.result else { throw Failure.notAList(listing.name) }
            for field in key.fields { #expect(shape.fields.contains { $0.name == field }) }
        }
        if operation.path.description.hasSuffix("/:id") { #expect(operation.rules.first?.check == .pathExists) }
    }

    enum Failure: Error {
        case notAList(Operation.Name)
    }

    @Test("operations with the same method and path are distinguished by members that only one of them has")
    func distinguishable() {
        for (index, first) in Operation.all.enumerated() {
            for second in Operation.all[(index + 1)...] where first.method == second.method && first.path == second.path
            {
                #expect(Set(first.bodyNames).isDisjoint(with: second.bodyNames), "\(first.name), \(second.name)")
            }
        }
    }

    @Test("every password, key and apikey is marked as secret", arguments: Operation.all.map(\.name))
    func secrets(name: Operation.Name) throws {
        let operation = try #require(Operation.named(name))
        func check(_ fields: [Field]) {
            for field in fields {
                if field.name.hasSuffix("password") || ["key", "apikey"].contains(field.name) {
                    #expect(field.secrecy != .open, "\(operation.name): \(field.name)")
                }
                if case .object(let members) = field.type { check(members) }
            }
        }
        check(operation.parameters)
        switch operation.result {
        case .list(let shape), .object(let shape): check(shape.fields)
        case .nothing: break
        }
    }

    @Test(
        "the request of an operation has its method, its path and the members of its body",
        arguments: [
            ("servers", [:], "GET /servers "), ("delete_db", ["id": "a1"], "DELETE /dbs/a1 "),
            ("enable_autossl", ["id": "a1"], "POST /apps/a1/ssl {\"auto\":true}"),
            ("force_ssl", ["id": "a1", "force": false], "POST /apps/a1/ssl {\"force\":false}"),
            ("update_app", ["id": "a1", "domains": []], "POST /apps/a1 {\"domains\":[]}"),
            ("rename_sshkey", ["name": "ä", "id": "a1"], "POST /sshkeys/a1 {\"name\":\"ä\"}"),
            ("remove_sysuser_sshkey", ["id": "a1", "sshkey_id": "b2"], "DELETE /sysusers/a1/sshkeys/b2 "),
            (
                "add_ssl",
                [
                    "id": "a1", "key": "-----BEGIN PRIVATE KEY-----AA-----END PRIVATE KEY-----",
                    "cert": "-----BEGIN CERTIFICATE-----AA-----END CERTIFICATE-----",
                    "cacerts": .null,
                ],
                "POST /apps/a1/ssl {\"key\":\"-----BEGIN PRIVATE KEY-----AA-----END PRIVATE KEY-----\",\"cert\":\"-----BEGIN CERTIFICATE-----AA-----END CERTIFICATE-----\",\"cacerts\":null}"
            ),
        ] as [(Operation.Name, JSONObject, String)])
    func request(name: Operation.Name, arguments: JSONObject, expected: String) throws {
        let request = try #require(Operation.named(name)).request(arguments)
        #expect("\(request.method) \(request.path) \(String(decoding: request.body, as: UTF8.self))" == expected)
        #expect(request.headers[.contentType] == (request.body.isEmpty ? nil : "application/json"))
    }
}
