import Groundwork
import OrderedCollections
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("The control path", .timeLimit(.minutes(5)))
struct FaultControlTests {
    static let token = "a-token-for-tests"

    /// Sends a request to the path, with a token or what else is to stand in `Authorization`.
    private func send(
        _ method: String, _ body: String = "", authorization: String? = "Bearer \(token)",
        path: String = "/_simulator/faults", to address: SimulatorServer.Address
    ) async throws -> (status: String, body: JSONValue) {
        let field = authorization.map { "Authorization: \($0)\r\n" } ?? ""
        let received = try await RawConnection.exchange(
            "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(field)"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)", at: address, until: .max)
        let status = received.dropFirst("HTTP/1.1 ".count).prefix(3)
        let content = received.components(of: "\r\n\r\n").last ?? ""
        return (String(status), try JSONValue(text: String(content)))
    }

    @Test("faults can be added, listed with their counts, and removed while the simulator serves")
    func control() async throws {
        let stage = try await FaultStage()
        try await withServer(stage.stage, controlToken: Secret(Self.token)) { address in
            let added = try await send(
                "POST", #"{"faults":[{"operation":"create_sysuser","nth":1,"fault":"reply_lost"}]}"#, to: address)
            #expect(added.status == "200")
            #expect(added.body["data"]?["faults"]?.arrayValue?.count == 1)
            #expect(try await RawConnection.exchange(stage.request, at: address, until: .max).isEmpty)
            #expect(stage.isDone)
            _ = try await send("POST", #"{"servers":[{"connect_after":"5s"}]}"#, to: address)
            let looked = try await send("GET", to: address)
            #expect(looked.body["counts"] == [["calls": 1, "struck": 1]])
            #expect(try FaultPlan(document: looked.body["data"] ?? .null) == stage.stage.simulator.faults.plan)
            #expect(looked.body["data"]?["servers"] == [["name": "*", "connect_after": "5s"]])
            let removed = try await send("DELETE", to: address)
            #expect(removed.status == "200")
            #expect(stage.stage.simulator.faults.plan == FaultPlan())
            let requests = stage.stage.log.all.count
            _ = try await send("GET", to: address)
            #expect(stage.stage.log.all.count == requests, "it is no part of the API")
        }
    }

    @Test(
        "requires its own token, also from a client with the API's credentials",
        arguments: ["GET", "POST", "DELETE"],
        [nil, "Bearer", "Bearer wrong", "Bearer \(token)x", "Basic \(token)", token, "api"] as [String?])
    func closed(_ method: String, _ authorization: String?) async throws {
        let stage = try await FaultStage("apps=503")
        let api = stage.stage.simulator.credentials.authorization.reveal()
        try await withServer(stage.stage, controlToken: Secret(Self.token)) { address in
            let answer = try await send(
                method, #"{"faults":[]}"#, authorization: authorization == "api" ? api : authorization, to: address)
            #expect(answer.status == "401")
            #expect(answer.body["error"]?["message"]?.stringValue?.contains(Self.token) == false)
        }
        #expect(stage.stage.simulator.faults.plan.faults.count == 1)
    }

    @Test("its token does not work for the API")
    func separate() async throws {
        let stage = try await FaultStage()
        try await withServer(stage.stage, controlToken: Secret(Self.token)) { address in
            let status = try await send("GET", path: "/v1/servers", to: address).status
            #expect(status == "401")
        }
    }

    @Test("does not exist unless it was requested")
    func absent() async throws {
        let stage = try await FaultStage()
        try await withServer(stage.stage) { address in
            let api = stage.stage.simulator.credentials.authorization.reveal()
            for authorization in ["Bearer \(Self.token)", "Bearer ", api] {
                let status = try await send("GET", authorization: authorization, to: address).status
                #expect(status == (authorization == api ? "404" : "401"))
            }
        }
    }

    @Test(
        "an invalid plan is rejected as a whole, with the path of the mistake",
        arguments: [
            ("", "$: it is not JSON"), (#"{"faults":[{"fault":"closed"},{"fault":"clsed"}]}"#, "$.faults[1].fault: "),
        ])
    func mistakes(_ body: String, _ message: String) async throws {
        let stage = try await FaultStage()
        try await withServer(stage.stage, controlToken: Secret(Self.token)) { address in
            let answer = try await send("POST", body, to: address)
            #expect(answer.status == "400")
            #expect(answer.body["error"]?["message"]?.stringValue?.hasPrefix(message) == true)
            #expect(try await send("PUT", body, to: address).status == "405")
        }
        #expect(stage.stage.simulator.faults.plan == FaultPlan())
    }

    @Test("more faults than the maximum are rejected, and the current faults stay")
    func limit() async throws {
        let stage = try await FaultStage("apps=503")
        let fault = #"{"fault":"closed","operation":"create_db"}"#
        let body = #"{"faults":["# + Array(repeating: fault, count: 1000).joined(separator: ",") + "]}"
        try await withServer(stage.stage, controlToken: Secret(Self.token)) { address in
            let status = try await send("POST", body, to: address).status
            #expect(status == "400")
        }
        #expect(stage.stage.simulator.faults.plan.faults.count == 1)
    }
}
