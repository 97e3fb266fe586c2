import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import SprunTesting
import Testing

@Suite("Reading replies")
struct ReplyTests {
    private func response(_ status: Int, _ body: String, headers: HTTPFields = [:]) -> WireResponse {
        WireResponse(status: .init(code: status), headers: headers, body: Array(body.utf8))
    }

    private func failure(_ name: Operation.Name, _ response: WireResponse, _ redactor: Redactor = Redactor()) throws
        -> ServerPilotError
    {
        let operation = try #require(Operation.named(name))
        return try #require(
            #expect(throws: ServerPilotError.self) { try operation.reply(from: response, redactor: redactor) })
    }

    @Test(
        "a reply about another resource than that in the path is unreadable, and ambiguous for a change",
        arguments: [
            ("server", ["id": "a1"]), ("app", ["id": "a1"]), ("action", ["id": "a1"]),
            ("update_app", ["id": "a1", "runtime": "php8.4"]), ("update_server", ["id": "a1", "plan": "business"]),
        ] as [(Operation.Name, JSONObject)])
    func otherSubject(_ name: Operation.Name, _ arguments: JSONObject) async throws {
        struct Answering: Transport {
            let body: String
            func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
                WireResponse(status: .ok, body: Array(body.utf8))
            }
        }
        let operation = try #require(Operation.named(name))
        let right = Answering(body: #"{"data":{"id":"a1"}}"#)
        #expect(try await right.call(operation, arguments).data["id"] == "a1")
        let wrong = Answering(body: #"{"data":{"id":"b2"}}"#)
        let error = try await #require(throws: ServerPilotError.self) { try await wrong.call(operation, arguments) }
        #expect(error.code == .unreadableReply && error.delivery == .ambiguous)
        #expect(error.message.contains("a1") && error.message.contains("b2"))
    }

    @Test("a success returns data and, if present, the action")
    func success() throws {
        let operation = try #require(Operation.named("delete_app"))
        #expect(try operation.reply(from: response(200, "{\"data\":{}}")) == Reply(data: [:]))
        #expect(
            try operation.reply(from: response(200, "{\"actionid\":\"a1\",\"data\":{}}"))
                == Reply(data: [:], actionID: "a1"))
        #expect(try operation.reply(from: response(200, "{\"actionid\":null,\"data\":{}}")).actionID == nil)
        #expect(try operation.reply(from: response(201, "{\"data\":{},\"later\":1}")) == Reply(data: [:]))
    }

    @Test(
        "the status decides the kind of failure and the delivery of the request",
        arguments: [
            (300, .unexpectedStatus, .ambiguous), (302, .unexpectedStatus, .ambiguous), (400, .badRequest, .rejected),
            (401, .unauthorized, .rejected), (402, .paymentRequired, .rejected), (403, .forbidden, .rejected),
            (404, .notFound, .rejected), (405, .unexpectedStatus, .ambiguous), (408, .unexpectedStatus, .ambiguous),
            (409, .conflict, .rejected), (413, .unexpectedStatus, .rejected), (418, .unexpectedStatus, .ambiguous),
            (429, .throttled, .throttled), (500, .serverFault, .ambiguous), (502, .serverFault, .ambiguous),
            (503, .serverFault, .ambiguous), (504, .serverFault, .ambiguous), (599, .serverFault, .ambiguous),
        ] as [(Int, ServerPilotError.Code, Delivery)])
    func classification(status: Int, code: ServerPilotError.Code, delivery: Delivery) throws {
        let error = try failure("create_app", response(status, "{\"error\":{\"message\":\"It is so.\"}}"))
        #expect(error.code == code)
        #expect(error.delivery == delivery)
        #expect(error.status == status)
        #expect(error.operation == "create_app")
        #expect(error.message == "It is so. (HTTP \(status))")
    }

    @Test(
        "Retry-After in seconds is read, other forms are not",
        arguments: [
            ("5", Duration.seconds(5)), ("0", .zero), ("-1", nil), ("soon", nil),
            ("Wed, 21 Oct 2015 07:28:00 GMT", nil),
        ])
    func retryAfter(text: String, expected: Duration?) throws {
        #expect(try failure("apps", response(429, "", headers: [.retryAfter: text])).retryAfter == expected)
    }

    @Test(
        "a failure without a readable message is described by its status",
        arguments: [
            "", "<html>Bad gateway</html>", "{}", "[]", "{\"error\":\"x\"}", "{\"error\":{\"message\":5}}",
            "{\"error\":{\"message\":\"\"}}",
        ])
    func unreadableFailure(body: String) throws {
        #expect(try failure("apps", response(502, body)).message == "HTTP 502")
    }

    @Test(
        "an unreadable success is ambiguous",
        arguments: [
            ("app", ""), ("app", "{\"data\":{\"id\":\"a"), ("app", "[]"), ("app", "{}"), ("app", "{\"data\":[]}"),
            ("app", "{\"data\":null}"), ("app", "{\"data\":{}}"), ("app", "{\"data\":{\"id\":5}}"),
            ("apps", "{\"data\":{}}"),
            ("apps", "{\"data\":[{\"id\":\"a\"},{}]}"), ("apps", "{\"data\":[1]}"),
            ("delete_app", "{\"data\":{},\"actionid\":5}"), ("delete_app", "null"),
        ] as [(Operation.Name, String)])
    func unreadableSuccess(name: Operation.Name, body: String) throws {
        let error = try failure(name, response(200, body))
        #expect(error.code == .unreadableReply)
        #expect(error.delivery == .ambiguous)
        #expect(error.status == 200)
    }

    @Test("the echo of a request is not quoted")
    func echo() throws {
        let body = "{\"error\":{\"message\":\"Invalid JSON request: {\\\"password\\\": \\\"hunter2hunter2\\\"\"}}"
        #expect(try failure("create_sysuser", response(400, body)).message == "Invalid JSON request (HTTP 400)")
    }

    @Test("a message is redacted, put on one line, and cut if it is too long")
    func message() throws {
        let body = JSONValue.object(["error": ["message": "Bad\npassword hunter2hunter2"]]).text()
        let error = try failure("create_sysuser", response(400, body), Redactor(secrets: ["hunter2hunter2"]))
        #expect(error.message == "Bad password <redacted> (HTTP 400)")
        let long = JSONValue.object(["error": ["message": .string(String(repeating: "x", count: 10_000))]]).text()
        #expect(try failure("apps", response(400, long)).message.count < 600)
    }

    @Test("a call's own secrets are redacted in every message of the API")
    func callRedacts() async throws {
        let operation = try #require(Operation.named("update_sysuser"))
        let said = JSONValue.object(["error": ["message": "What is hunter2hunter2?"]]).bytes
        let transport = ScriptedTransport { _, _ in .success(WireResponse(status: .badRequest, body: said)) }
        let error = await #expect(throws: ServerPilotError.self) {
            try await transport.call(operation, ["id": "a", "password": "hunter2hunter2"])
        }
        #expect(error?.message == "What is <redacted>? (HTTP 400)")
        let broken = ScriptedTransport { _, _ in
            .failure(ServerPilotError(code: .connectionLost, message: "lost hunter2hunter2", delivery: .ambiguous))
        }
        let lost = await #expect(throws: ServerPilotError.self) {
            try await broken.call(operation, ["id": "a", "password": "hunter2hunter2"])
        }
        #expect(lost?.message == "lost <redacted>")
        #expect(lost?.operation == "update_sysuser")
        #expect(lost.map { "\($0)" } == "update_sysuser: lost <redacted>")
    }

    @Test("private keys in replies are registered as secrets, and hidden on request")
    func hidden() throws {
        let apps = try #require(Operation.named("apps"))
        let data: JSONValue = [
            ["id": "a", "ssl": ["key": "KEYKEY", "cert": "CERT"], "new": "field"], ["id": "b", "ssl": .null],
        ]
        #expect(apps.secrets(inReply: data) == ["KEYKEY"])
        #expect(
            apps.withoutHidden(data) == [
                ["id": "a", "ssl": ["key": "<redacted>", "cert": "CERT"], "new": "field"], ["id": "b", "ssl": .null],
            ])
        let create = try #require(Operation.named("create_server"))
        #expect(create.secrets(inReply: ["id": "a", "apikey": "APIKEY"]) == ["APIKEY"])
        #expect(create.withoutHidden(["id": "a", "apikey": "APIKEY"]) == ["id": "a", "apikey": "APIKEY"])
        let wordpress: JSONObject = ["wordpress": ["admin_password": "hunter2hunter2", "admin_user": "admin"]]
        #expect(try #require(Operation.named("create_app")).secrets(in: wordpress) == ["hunter2hunter2"])
    }

    @Test("a long list hides the key of a certificate and reports it as a secret, wherever it is")
    func longList() throws {
        let apps = try #require(Operation.named("apps"))
        for position in [0, 57, 99] {
            let elements = (0..<100).map { number in
                #"{"id":"a\#(number)","name":"n","ssl":"#
                    + (number == position ? #"{"key":"PRIVATE","cert":"C","auto":false}}"# : "null}")
            }
            let body = Array(#"{"data":[\#(elements.joined(separator: ","))]}"#.utf8)
            let reply = try apps.reply(from: WireResponse(status: .ok, body: body))
            #expect(apps.secrets(inReply: reply.data) == ["PRIVATE"])
            let shown = apps.withoutHidden(reply.data)
            #expect(!shown.text().contains("PRIVATE"))
            #expect(shown.arrayValue?[position]["ssl"]?["key"] == .string(Redactor.replacement))
            #expect(shown.arrayValue?.count == 100)
        }
        let elements = (0..<100).map { $0 == 99 ? "{}" : #"{"id":"a"}"# }
        let bad = Array(#"{"data":[\#(elements.joined(separator: ","))]}"#.utf8)
        #expect(throws: ServerPilotError.self) { try apps.reply(from: WireResponse(status: .ok, body: bad)) }
    }
}
