import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotClient
import SprunTesting
import Testing

@Suite struct ServerPilotAccountTests {
    /// Answers every operation of the table with the smallest reply that its shape allows.
    private static func answering() -> ScriptedTransport {
        ScriptedTransport { _, request in
            guard let operation = operation(of: request) else { return .status(404) }
            let data: JSONValue =
                switch operation.result {
                case .list(let shape): [sample(.object(shape.fields))]
                case .object(let shape): sample(.object(shape.fields))
                case .nothing: [:]
                }
            var reply: JSONObject = ["data": data]
            if operation.queues != .never { reply["actionid"] = "action1" }
            return .status(200, body: JSONValue.object(reply).text())
        }
    }

    /// The operation that a request is of, found by method, path and body alone.
    private static func operation(of request: WireRequest) -> ServerPilot.Operation? {
        let parts = request.path.split(separator: "/")
        let names = (try? JSONValue(bytes: request.body))?.objectValue.map { Set($0.keys) } ?? []
        return ServerPilot.Operation.all.first { operation in
            operation.method == request.method && operation.path.match(parts) != nil
                && names.isSubset(of: operation.bodyNames)
                && names.isSuperset(of: operation.fixedBody.keys)
                && operation.bodyParameters.allSatisfy { !$0.isRequired || names.contains($0.name) }
        }
    }

    private static func sample(_ type: FieldType) -> JSONValue {
        switch type {
        case .string: "text"
        case .boolean: true
        case .integer, .timestamp: 1_700_000_000
        case .identifier(let kind): .string("\(kind.rawValue)1")
        case .enumeration(let words): .string(words.last ?? "")
        case .array(let element, _): [sample(element)]
        case .object(let fields):
            .object(JSONObject(fields.map { ($0.name, sample($0.type)) }, uniquingKeysWith: { first, _ in first }))
        }
    }

    @Test("every operation of the table has a function with all its parameters")
    func everyOperation() async throws {
        let transport = Self.answering()
        let account = ServerPilotAccount(transport: transport)
        let password = Secret("correct horse")
        let key = Secret("-----BEGIN PRIVATE KEY-----AA-----END PRIVATE KEY-----")
        let certificate = "-----BEGIN CERTIFICATE-----AA-----END CERTIFICATE-----"
        let wordpress = WordPressInstallation(
            siteTitle: "Shop", adminUser: "admin", adminPassword: password, adminEmail: "a@b.example")

        _ = try await account.servers()
        _ = try await account.server("server1")
        _ = try await account.createServer(name: "www1", plan: "business", allowsSSHPasswords: false)
        _ = try await account.updateServer(
            "server1", plan: "economy", firewall: false, autoupdates: true, denyUnknownDomains: false)
        try await account.deleteServer("server1")
        _ = try await account.sshKeys()
        _ = try await account.sshKey("sshkey1")
        _ = try await account.createSSHKey(name: "laptop", publicKey: "ssh-ed25519 AAAA")
        _ = try await account.renameSSHKey("sshkey1", to: "desktop")
        try await account.deleteSSHKey("sshkey1")
        _ = try await account.sysusers()
        _ = try await account.sysuser("sysuser1")
        _ = try await account.createSysuser(server: "server1", name: "acme", password: password, sshKey: "sshkey1")
        _ = try await account.updateSysuser("sysuser1", password: password)
        try await account.deleteSysuser("sysuser1")
        _ = try await account.sshKeys(of: "sysuser1")
        try await account.addSSHKey("sshkey1", to: "sysuser1")
        try await account.removeSSHKey("sshkey1", from: "sysuser1")
        _ = try await account.apps()
        _ = try await account.app("app1")
        _ = try await account.createApp(
            name: "shop", sysuser: "sysuser1", runtime: "php8.4", domains: ["a.example"], wordpress: wordpress)
        _ = try await account.updateApp("app1", runtime: "php8.4", domains: [])
        try await account.deleteApp("app1")
        _ = try await account.addSSL(to: "app1", key: key, certificate: certificate, chain: nil)
        _ = try await account.enableAutoSSL(of: "app1")
        _ = try await account.forceSSL(of: "app1", false)
        try await account.deleteSSL(of: "app1")
        _ = try await account.databases()
        _ = try await account.database("db1")
        _ = try await account.createDatabase(app: "app1", name: "shop", user: "shop", password: password)
        _ = try await account.updateDatabase("db1", user: "dbuser1", password: password)
        try await account.deleteDatabase("db1")
        _ = try await account.action("action1")

        let called = transport.requests.compactMap { Self.operation(of: $0)?.name.rawValue }
        #expect(called.count == transport.requests.count)
        #expect(called.sorted() == ServerPilot.Operation.all.map(\.name.rawValue).sorted())
        for request in transport.requests {
            let operation = try #require(Self.operation(of: request))
            let body = try? JSONValue(bytes: request.body)
            #expect(body?.objectValue.map { Set($0.keys) } ?? [] == Set(operation.bodyNames), "\(operation.name)")
        }
    }

    @Test("omitted arguments are not sent, and arguments to clear are sent")
    func leavingOut() async throws {
        let transport = Self.answering()
        let account = ServerPilotAccount(transport: transport)
        _ = try await account.createSysuser(server: "server1", name: "acme")
        _ = try await account.updateApp("app1", domains: [])
        _ = try await account.addSSL(
            to: "app1", key: Secret("-----BEGIN PRIVATE KEY-----AA-----END PRIVATE KEY-----"),
            certificate: "-----BEGIN CERTIFICATE-----AA-----END CERTIFICATE-----",
            chain: nil)
        _ = try await account.enableAutoSSL(of: "app1")
        #expect(
            transport.requests.map { String(decoding: $0.body, as: UTF8.self) } == [
                #"{"serverid":"server1","name":"acme"}"#,
                #"{"domains":[]}"#,
                #"{"key":"-----BEGIN PRIVATE KEY-----AA-----END PRIVATE KEY-----","cert":"-----BEGIN CERTIFICATE-----AA-----END CERTIFICATE-----","cacerts":null}"#,
                #"{"auto":true}"#,
            ])
        #expect(transport.requests.map(\.path) == ["/sysusers", "/apps/app1", "/apps/app1/ssl", "/apps/app1/ssl"])
    }

    @Test("a change returns the resource and its action; a deletion without an action returns none")
    func results() async throws {
        let account = ServerPilotAccount(transport: Self.answering())
        let server = try await account.createServer(name: "www1")
        #expect(server.object.id == "server1")
        #expect(server.object.apikey?.reveal() == "text")
        #expect(server.actionID == "action1")
        #expect(try await account.deleteServer("server1") == nil)
        #expect(try await account.deleteApp("app1") == "action1")
    }

    @Test("invalid arguments are rejected before the request, without quoting the secret")
    func arguments() async throws {
        let transport = Self.answering()
        let error = try await #require(throws: ServerPilotError.self) {
            _ = try await ServerPilotAccount(transport: transport)
                .updateSysuser("sysuser1", password: Secret(" hunter22 "))
        }
        #expect(error.code == .invalidArguments)
        #expect(error.operation == "update_sysuser")
        #expect(error.problems.map(\.argument) == ["password"])
        #expect(!error.message.contains("hunter22"))
        #expect(transport.requests.isEmpty)
    }

    @Test("a resource without a required member is an unreadable reply that names the operation")
    func unreadable() async throws {
        let transport = ScriptedTransport { _, _ in .status(200, body: #"{"data":{"id":"app1","name":3}}"#) }
        let error = try await #require(throws: ServerPilotError.self) {
            _ = try await ServerPilotAccount(transport: transport).app("app1")
        }
        #expect(error.code == .unreadableReply)
        #expect(error.delivery == .ambiguous)
        #expect(error.operation == "app")
    }

    @Test("over HTTPS, the account sends requests as the table describes them")
    func overTheWire() async throws {
        try await TestServer.with { connection in
            while try await connection.request() != nil {
                try await connection.reply(
                    body: #"{"data":[{"id":"u1","name":"acme","serverid":"s1","new_field":7}]}"#)
            }
        } body: { server in
            let account = try ServerPilotAccount(
                credentials: Fixture.credentials(), endpoint: Endpoint("http://127.0.0.1:\(server.port)/v1"),
                environment: [:], version: "1.2.3")
            let users = try await account.sysusers()
            #expect(users.map(\.id) == ["u1"])
            #expect(users.first?.unknownFields == ["new_field": 7])
            #expect(server.requests.map(\.target) == ["/v1/sysusers"])
        }
    }
}
