import Groundwork
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Testing

@Suite("A machine that connects", .timeLimit(.minutes(5)))
struct ConnectControlTests {
    private func send(
        _ body: String, method: String = "POST", to address: SimulatorServer.Address
    ) async throws -> String {
        let received = try await RawConnection.exchange(
            "\(method) /_simulator/connect HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)", at: address, until: .max)
        return String(received.dropFirst("HTTP/1.1 ".count).prefix(3))
    }

    private func create(_ name: String, _ stage: FaultStage) async throws -> (id: String, key: String) {
        let operation = try #require(Operation.named("create_server"))
        let reply = try await stage.stage.simulator.transport.call(operation, ["name": .string(name)])
        return (
            try #require(reply.data["id"]?.stringValue), try #require(reply.data["apikey"]?.stringValue)
        )
    }

    @Test("only the server's own key connects it, and its address is stored")
    func connects() async throws {
        let stage = try await FaultStage()
        let server = try await create("www8", stage)
        let other = try await create("www9", stage)
        try await withServer(stage.stage) { address in
            let wrong = [
                #"{"serverid":"\#(server.id)","apikey":"\#(other.key)"}"#,
                #"{"serverid":"\#(server.id)","apikey":""}"#, #"{"serverid":"nobody","apikey":"\#(server.key)"}"#,
            ]
            let bad = ["", "[]", #"{"serverid":"\#(server.id)"}"#, "{"]
            for (body, expected) in wrong.map({ ($0, "403") }) + bad.map({ ($0, "400") }) {
                let status = try await send(body, to: address)
                #expect(status == expected, "\(body)")
            }
            let looked = try await send("", method: "GET", to: address)
            #expect(looked == "405")
            #expect(stage.stage.simulator.account.servers[ServerID(server.id)]?.connected == nil)
            let right = #"{"serverid":"\#(server.id)","apikey":"\#(server.key)","address":"192.0.2.77"}"#
            let connected = try await send(right, to: address)
            #expect(connected == "200")
        }
        let servers = stage.stage.simulator.account.servers
        #expect(servers[ServerID(server.id)]?.connected != nil)
        #expect(servers[ServerID(server.id)]?.address == "192.0.2.77")
        #expect(servers[ServerID(other.id)]?.connected == nil)
    }

    @Test("the state stores only a digest of the key")
    func kept() async throws {
        let stage = try await FaultStage()
        let server = try await create("www8", stage)
        let document = stage.stage.simulator.state.document
        #expect(!document.text().contains(server.key))
        let read = try SimulatorState(document: document)
        #expect(read.account.servers[ServerID(server.id)]?.keyDigest?.count == 44)
    }
}
