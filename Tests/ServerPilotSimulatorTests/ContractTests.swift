import FoundationEssentials
import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Synchronization
import Testing

/// What every client of the API can rely on, the same in process, over HTTP and HTTPS, and with a store.
@Suite("The API's contract", .timeLimit(.minutes(5)))
struct ContractTests {
    @Test("every operation of the table works, and its reply has the documented form", arguments: Way.allCases)
    func everyOperation(way: Way) async throws {
        for operation in Operation.all {
            let furnished = try await way.furnished()
            let arguments = try #require(furnished.arguments(of: operation.name), "\(operation.name) is not furnished")
            try await way.reach(furnished.stage) { transport in
                let reply = try await Authorized(transport: transport, stage: furnished.stage)
                    .call(operation, arguments)
                switch operation.queues {
                case .never: #expect(reply.actionID == nil, "\(operation.name)")
                case .sometimes, .always: #expect(reply.actionID != nil, "\(operation.name)")
                }
                Self.expect(reply.data, of: operation)
            }
        }
    }

    /// Holds the data to the shape: every required member is there, no unknown one is, and all have their types.
    private static func expect(_ data: JSONValue, of operation: Operation) {
        switch operation.result {
        case .nothing: #expect(data == [:], "\(operation.name)")
        case .object(let shape): expect(data, shape.fields, of: operation)
        case .list(let shape):
            #expect(data.arrayValue?.isEmpty == false, "\(operation.name)")
            for element in data.arrayValue ?? [] { expect(element, shape.fields, of: operation) }
        }
    }

    private static func expect(_ value: JSONValue, _ fields: [Field], of operation: Operation) {
        let members = value.objectValue ?? [:]
        #expect(Set(members.keys).isSubset(of: fields.map(\.name)), "\(operation.name)")
        for field in fields {
            guard let member = members[field.name] else {
                #expect(!field.isRequired, "\(operation.name) lacks \(field.name)")
                continue
            }
            switch (field.type, member) {
            case (_, .null): #expect(field.isNullable, "\(operation.name): \(field.name)")
            case (.string, .string), (.boolean, .bool), (.integer, .integer), (.timestamp, .integer): break
            case (.identifier, .string(let id)): #expect(id.utf8.count == 16, "\(operation.name): \(field.name)")
            case (.enumeration(let words), .string(let word)): #expect(words.contains(word))
            case (.object(let fields), _): expect(member, fields, of: operation)
            case (.array(.object(let fields), _), .array(let elements)):
                for element in elements { expect(element, fields, of: operation) }
            case (.array, .array): break
            default: Issue.record("\(operation.name): \(field.name) is \(member.kindName)")
            }
        }
    }

    @Test("wrong credentials are rejected with 401 before anything else", arguments: Way.allCases)
    func credentials(way: Way) async throws {
        let stage = try await way.stage()
        let right = stage.simulator.credentials.authorization.reveal()
        let encoded = Data("cid_test:test-api-kez".utf8).base64EncodedString()
        let lower = right.replacing("Basic", with: "basic")
        try await way.reach(stage) { transport in
            for wrong in [nil, "", "Basic", "Basic !", "Bearer x", "Basic \(encoded)", right + "AAAA"] {
                for path in ["/servers", "/servers/nobody", "/nothing"] {
                    var request = WireRequest(method: .get, path: path)
                    request.headers[.authorization] = wrong
                    let response = try await transport.send(request)
                    #expect(response.status == .unauthorized, "\(wrong ?? "none")")
                    #expect(try JSONValue(bytes: response.body)["error"]?["message"]?.stringValue != nil)
                    #expect(response.headers[.wwwAuthenticate]?.hasPrefix("Basic ") == true)
                }
            }
            for accepted in [right, lower] {
                let request = WireRequest(method: .get, path: "/servers", headers: [.authorization: accepted])
                let response = try await transport.send(request)
                #expect(response.status == .ok)
                #expect(try JSONValue(bytes: response.body) == ["data": []])
                #expect(response.headers[.contentType] == "application/json")
            }
        }
    }

    @Test("a body that is not a JSON object is echoed in the error", arguments: Way.allCases)
    func unreadableBody(way: Way) async throws {
        let stage = try await way.stage()
        try await way.reach(stage) { transport in
            for body in ["", "{\"name\": \"www1\"", "[1]", "\"text\"", "name=www1&password=hunter2"] {
                let response = try await Authorized(transport: transport, stage: stage)
                    .send(WireRequest(method: .post, path: "/servers", body: Array(body.utf8)))
                #expect(response.status == .badRequest)
                #expect(
                    try JSONValue(bytes: response.body)
                        == ["error": ["message": .string("Invalid JSON request: \(body)")]])
            }
        }
    }

    @Test("a body of the maximum size is accepted, one byte more is rejected with 413", arguments: Way.allCases)
    func bodySize(way: Way) async throws {
        let stage = try await way.stage()
        try await way.reach(stage) { transport in
            let authorized = Authorized(transport: transport, stage: stage)
            let start = "{\"name\": \"www1\"}"
            let largest = Array(start.utf8) + Array(repeating: UInt8(ascii: " "), count: (1 << 20) - start.utf8.count)
            let read = try await authorized.send(WireRequest(method: .post, path: "/servers", body: largest))
            #expect(read.status == .ok)
            let refused = try await authorized.send(
                WireRequest(method: .post, path: "/servers", body: largest + [UInt8(ascii: " ")]))
            #expect(refused.status.code == 413)
            #expect(try JSONValue(bytes: refused.body)["error"]?["message"]?.stringValue != nil)
            let after = try await authorized.send(WireRequest(method: .get, path: "/servers"))
            #expect(after.status == .ok)
        }
    }

    @Test("an unknown path is 404, another method is 405, each in the documented form", arguments: Way.allCases)
    func routes(way: Way) async throws {
        let furnished = try await way.furnished()
        let stage = furnished.stage
        try await way.reach(stage) { transport in
            let authorized = Authorized(transport: transport, stage: stage)
            let nothing = [
                "/", "/server", "/servers/", "/servers/\(furnished.server)/", "/v1/servers", "//servers",
                "/servers/\(furnished.server)/sshkeys", "/actions", "/sysusers/\(furnished.sysuser)%2F",
                "/servers/a%20b",
            ]
            for path in nothing {
                let response = try await authorized.send(WireRequest(method: .get, path: path))
                #expect(response.status == .notFound, "\(path)")
                #expect(try JSONValue(bytes: response.body)["error"]?["message"]?.stringValue != nil)
            }
            for (method, path) in [
                (HTTPRequest.Method.put, "/apps/\(furnished.app)"), (.patch, "/servers"), (.delete, "/dbs"),
            ] {
                let response = try await authorized.send(WireRequest(method: method, path: path))
                #expect(response.status == .methodNotAllowed, "\(method) \(path)")
                #expect(try JSONValue(bytes: response.body)["error"]?["message"]?.stringValue != nil)
            }
        }
    }

    @Test("the same calls return the same bytes, in process and over HTTP")
    func sameBytes() async throws {
        let inProcess = try await replies(by: .inProcess)
        for way in Way.allCases { #expect(try await replies(by: way) == inProcess, "\(way)") }
        #expect(inProcess.map { $0.prefix(4) } == ["200 ", "409 ", "200 ", "200 ", "200 ", "400 ", "404 "])
    }

    private func replies(by way: Way) async throws -> [String] {
        let stage = try await way.stage(seed: 7)
        let replies = Mutex<[String]>([])
        try await way.reach(stage) { transport in
            let authorized = Authorized(transport: transport, stage: stage)
            for (method, path, body) in Self.script {
                let response = try await authorized.send(
                    WireRequest(method: method, path: path, body: Array(body.utf8)))
                replies.withLock { lines in
                    lines.append("\(response.status.code) \(String(decoding: response.body, as: UTF8.self))")
                }
            }
        }
        return replies.withLock { $0 }
    }

    private static let script: [(HTTPRequest.Method, String, String)] = [
        (.post, "/servers", "{\"name\": \"www1\"}"), (.post, "/servers", "{\"name\": \"www1\"}"),
        (.get, "/sysusers", ""),
        (.post, "/sshkeys", "{\"name\": \"é\", \"public_key\": \"ssh-rsa AAAA\"}"), (.get, "/sshkeys", ""),
        (.post, "/sshkeys", "{\"name\": \"é<\", \"public_key\": \"ssh-rsa AAAA\"}"), (.delete, "/sshkeys/none", ""),
    ]
}
