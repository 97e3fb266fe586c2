import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("The HTTP server", .timeLimit(.minutes(5)))
struct SimulatorServerTests {
    @Test("listens on a free port of this machine, and releases it when its task is cancelled")
    func lifeCycle() async throws {
        let stage = Stage()
        let addresses = Addresses()
        try await withServer(stage) { address in
            #expect(address.host == "127.0.0.1")
            #expect(address.baseURL == "http://127.0.0.1:\(address.port)/v1")
            addresses.add(address)
            try await withServer(Stage()) { addresses.add($0) }
        }
        let found = addresses.all
        #expect(Set(found.map(\.port)).count == 2)
        for address in found {
            await #expect(throws: (any Error).self) {
                try await RawConnection.exchange("GET / HTTP/1.1\r\n\r\n", at: address, until: 1)
            }
        }
    }

    @Test("a port in use is an error, not a hang")
    func taken() async throws {
        try await withServer(Stage()) { address in
            await #expect(throws: (any Error).self) {
                try await SimulatorServer(Stage().simulator, at: address).run()
            }
        }
    }

    @Test("a connection serves many requests")
    func keepAlive() async throws {
        let stage = Stage()
        try await withServer(stage) { address in
            let request = """
                GET /v1/servers HTTP/1.1\r\nHost: localhost\r\n\
                Authorization: \(stage.simulator.credentials.authorization.reveal())\r\n\r\n
                """
            let answers = try await RawConnection.exchange(
                String(repeating: request, count: 3), at: address, until: 3)
            #expect(answers.components(of: "HTTP/1.1 200 OK").count == 4)
            #expect(answers.components(of: "{\"data\":[]}").count == 4)
        }
    }

    @Test("a body with a Content-Length above the limit is rejected before it arrives")
    func announced() async throws {
        let stage = Stage()
        try await withServer(stage) { address in
            let request = "POST /v1/servers HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048577\r\n\r\n"
            let answer = try await RawConnection.exchange(request, at: address, until: 1)
            #expect(answer.hasPrefix("HTTP/1.1 413"))
            #expect(answer.contains("{\"error\":{\"message\":"))
        }
    }

    @Test("a chunked body is rejected once it is too large")
    func chunks() async throws {
        let stage = Stage()
        try await withServer(stage) { address in
            let chunk = "40000\r\n" + String(repeating: "a", count: 0x40000) + "\r\n"
            let head = "POST /v1/servers HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            let answer = try await RawConnection.exchange(
                head + String(repeating: chunk, count: 5) + "0\r\n\r\n", at: address, until: 1)
            #expect(answer.hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test("paths outside /v1 do not exist, and a query changes nothing")
    func base() async throws {
        let stage = Stage()
        try await withServer(stage) { address in
            let root = "http://127.0.0.1:\(address.port)"
            for (path, status) in [
                ("/v1/servers", 200), ("/v1/servers?per_page=1", 200), ("/servers", 404), ("/v1", 404), ("/", 404),
                ("/v2/servers", 404), ("/v1servers", 404),
            ] {
                let response = try await Authorized(transport: SocketTransport(baseURL: root), stage: stage)
                    .send(WireRequest(method: .get, path: path))
                #expect(response.status.code == status, "\(path)")
            }
        }
    }

    @Test("HEAD has no body, and the next request on the connection works")
    func head() async throws {
        let stage = Stage()
        try await withServer(stage) { address in
            let fields = """
                Host: localhost\r\nAuthorization: \(stage.simulator.credentials.authorization.reveal())\r\n\r\n
                """
            let answers = try await RawConnection.exchange(
                "HEAD /v1/servers HTTP/1.1\r\n\(fields)GET /v1/servers HTTP/1.1\r\n\(fields)", at: address, until: 2)
            #expect(answers.hasPrefix("HTTP/1.1 405"))
            #expect(answers.components(of: "{\"error\"").count == 1)
            #expect(answers.components(of: "{\"data\":[]}").count == 2)
        }
    }

    /// The calls of ServerPilot's own guide, as a person would make them.
    @Test(
        "curl commands of ServerPilot's guide work as with the API",
        .enabled("curl is not installed") { await Curl.isInstalled() })
    func curl() async throws {
        let stage = Stage()
        try await withServer(stage) { address in
            let curl = Curl(stage: stage, baseURL: address.baseURL)
            let server = try await curl.send("/servers", json: ["name": "www2"])
            #expect(server["data"]?["apikey"]?.stringValue?.utf8.count == 43)
            let listed = try await curl.send("/servers")
            #expect(listed["data"]?.arrayValue?.first?["name"] == "www2")
            let users = try await curl.send("/sysusers")
            let user = try #require(users["data"]?.arrayValue?.first?["id"])
            let app = try await curl.send(
                "/apps",
                json: ["name": "example", "sysuserid": user, "runtime": "php7.0", "domains": ["example.com"]])
            let action = try #require(app["actionid"]?.stringValue)
            #expect(try await curl.send("/actions/\(action)")["data"]?["status"] == "open")
            let id = try #require(app["data"]?["id"]?.stringValue)
            #expect(try await curl.send("/apps/\(id)", method: "DELETE")["data"] == [:])
            let gone = try await curl.send("/apps/\(id)")
            #expect(gone["error"]?["message"] == "The app does not exist.")
        }
    }

    // MARK: Expect: 100-continue

    /// A request for a new server, without its body of 16 bytes.
    private static func head(_ stage: Stage, _ more: String = "", version: String = "1.1") -> String {
        "POST /v1/servers HTTP/\(version)\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 16\r\n"
            + "Authorization: \(stage.simulator.credentials.authorization.reveal())\r\n\(more)\r\n"
    }

    @Test("a client that waits for 100 Continue gets it at once, and keeps its connection")
    func expectation() async throws {
        let stage = Stage()
        try await withServer(stage) { address in
            let answers = try await RawConnection.open(at: address) { inbound, outbound in
                var received = ""
                try await outbound.write(Self.head(stage))
                var rounds = 0
                for try await part in inbound {
                    received += part
                    if received.hasSuffix("HTTP/1.1 100 Continue\r\n\r\n") {
                        try await outbound.write(rounds == 0 ? #"{"name":"first"}"# : #"{"name":"other"}"#)
                    } else if received.hasSuffix("}}") {
                        rounds += 1
                        guard rounds < 2 else { break }
                        try await outbound.write(Self.head(stage))
                    }
                }
                return received
            }
            #expect(answers.components(of: "HTTP/1.1 100 Continue\r\n\r\n").count == 3, "\(answers)")
            #expect(answers.components(of: "HTTP/1.1 200 OK").count == 3, "\(answers)")
        }
        #expect(stage.simulator.account.servers.values.map(\.name) == ["first", "other"])
    }

    @Test(
        "a client that waits for 100 Continue gets the error instead, and the connection ends",
        arguments: [
            ("Basic ", "Basic x", 401), ("/v1/servers", "/v1/nothing", 404),
            ("POST", "PUT", 405), ("Content-Length: 16", "Content-Length: 99999999", 413),
        ])
    func refusedExpectation(_ part: String, _ other: String, _ status: Int) async throws {
        let stage = Stage()
        try await withServer(stage) { address in
            let request = Self.head(stage).replacing(part, with: other)
            let answer = try await RawConnection.exchange(request, at: address, until: .max)
            #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(answer)")
            #expect(answer.lowercased().contains("connection: close\r\n"), "\(answer)")
            #expect(answer.contains("{\"error\":{\"message\":") && answer.hasSuffix("}}"), "\(answer)")
        }
        #expect(stage.log.all.map(\.status) == [status], "what follows the head is no request")
    }

    @Test("Expect without a body, or in HTTP/1.0, has no effect")
    func idleExpectation() async throws {
        let stage = Stage()
        try await withServer(stage) { address in
            let old = Self.head(stage, version: "1.0") + #"{"name":"older"}"#
            let answer = try await RawConnection.exchange(old, at: address, until: .max)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK"), "\(answer)")
            let get = Self.head(stage).replacing("POST", with: "GET").replacing("Content-Length: 16\r\n", with: "")
            let listed = try await RawConnection.exchange(get, at: address, until: 1)
            #expect(listed.hasPrefix("HTTP/1.1 200 OK"), "\(listed)")
        }
    }

    @Test(
        "a reply has a Connection header if it differs from the default of the HTTP version",
        arguments: [
            ("1.0", "Connection: keep-alive\r\n", "keep-alive", false), ("1.0", "", "close", true),
            ("1.1", "", nil, false), ("1.1", "Connection: close\r\n", "close", true),
        ])
    func connection(_ version: String, _ field: String, _ said: String?, _ ends: Bool) async throws {
        let stage = Stage()
        try await withServer(stage) { address in
            let request =
                "GET /v1/servers HTTP/\(version)\r\nHost: localhost\r\n\(field)"
                + "Authorization: \(stage.simulator.credentials.authorization.reveal())\r\n\r\n"
            let answer = try await RawConnection.exchange(request, at: address, until: ends ? .max : 1)
            let fields = answer.lowercased().split(separator: "\r\n").filter { $0.hasPrefix("connection: ") }
            #expect(fields == (said.map { ["connection: \($0)"] } ?? []), "\(answer)")
        }
    }
}
