import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("Faults", .timeLimit(.minutes(5)))
struct FaultTests {
    @Test(
        "an in-process client sees the same as a socket client, and the account matches the fault",
        arguments: FaultCase.all)
    func inProcess(_ example: FaultCase) async throws {
        let stage = try await FaultStage(try example.plan)
        do {
            let reply = try await stage.create()
            #expect(example.outcome == .success)
            #expect(reply.data["name"] == "acme")
        } catch let error as ServerPilotError {
            #expect(example.outcome == .failure(error.code, error.delivery), "\(error)")
            if example.fault.hasPrefix("throttled") { #expect(error.retryAfter == .seconds(7)) }
        }
        #expect(stage.elapsed == example.time)
        try check(stage, example)
    }

    @Test("over a socket, the bytes are exactly those of the fault", arguments: FaultCase.all)
    func socket(_ example: FaultCase) async throws {
        let stage = try await FaultStage(try example.plan)
        try await withServer(stage.stage) { address in
            let received = try await RawConnection.exchange(stage.request, at: address, until: .max)
            try check(received, example.bytes)
            if example.fault.hasPrefix("throttled") { #expect(received.contains("Retry-After: 7\r\n")) }
            #expect(stage.elapsed == example.time)
            try check(stage, example)
        }
    }

    @Test(
        "over HTTPS with a store, the account and the file match the fault",
        arguments: FaultCase.all, [Way.secure, .stored])
    func secureAndStored(_ example: FaultCase, _ way: Way) async throws {
        let stage = try await FaultStage(try example.plan, way: way)
        try await way.reach(stage.stage) { transport in
            do {
                let reply = try await Authorized(transport: transport, stage: stage.stage)
                    .call(try #require(Operation.named("create_sysuser")), stage.arguments)
                #expect(example.outcome == .success)
                #expect(reply.data["name"] == "acme")
            } catch is ServerPilotError {
                #expect(example.outcome != .success)
            }
            try check(stage, example)
        }
    }

    private func check(_ stage: FaultStage, _ example: FaultCase) throws {
        #expect(stage.isDone == example.isDone)
        let record = try #require(stage.stage.log.all.last)
        #expect(record.operation == "create_sysuser")
        #expect(record.status == example.status)
        let fault = try #require(record.faults.first)
        #expect(try Fault(text: fault) == example.plan.faults[0])
    }

    private func check(_ received: String, _ expected: FaultCase.Bytes) throws {
        if case .none = expected {
            #expect(received.isEmpty)
            return
        }
        let parts = received.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2, "\(received)")
        let length = try #require(
            parts[0].firstMatch(of: #/(?i)\r\ncontent-length: (\d+)/#).flatMap { Int($0.output.1) })
        switch expected {
        case .none: break
        case .whole(let status):
            #expect(received.hasPrefix("HTTP/1.1 \(status) "))
            #expect(parts[1].utf8.count == length)
        case .cut(let kept):
            #expect(received.hasPrefix("HTTP/1.1 200 "))
            #expect(length > 50)
            #expect(parts[1].utf8.count == kept ?? length / 2)
            #expect(#"{"actionid":""#.hasPrefix(parts[1].prefix(13)) || parts[1].hasPrefix(#"{"actionid":""#))
        }
    }

    @Test("an error has the documented form, whatever its status", arguments: [400, 401, 409, 429, 500, 503, 599])
    func shape(_ status: Int) async throws {
        let stage = try await FaultStage("create_sysuser=\(status)")
        try await withServer(stage.stage) { address in
            let received = try await RawConnection.exchange(stage.request, at: address, until: .max)
            let body = try #require(received.components(of: "\r\n\r\n").last)
            let message = try JSONValue(text: String(body))["error"]?["message"]?.stringValue
            #expect(message?.isEmpty == false)
        }
        #expect(!stage.isDone)
    }

    @Test("each wrong body is what its name says", arguments: [("html", "<!DOCTYPE html>"), ("shape", #"{"result":"#)])
    func wrongBodies(_ body: String, _ start: String) async throws {
        let stage = try await FaultStage("create_sysuser=wrong_json,body=\(body)")
        try await withServer(stage.stage) { address in
            let received = try await RawConnection.exchange(stage.request, at: address, until: .max)
            #expect(received.components(of: "\r\n\r\n").last?.hasPrefix(start) == true)
            #expect(received.contains(body == "html" ? "Content-Type: text/html" : "Content-Type: application/json"))
        }
    }

    @Test("a huge body is JSON of exactly the requested size", arguments: [64, 65_536, 65_600, 1_000_001])
    func huge(_ size: Int) async throws {
        let stage = try await FaultStage("create_sysuser=wrong_json,body=huge,size=\(size)")
        try await withServer(stage.stage) { address in
            let received = try await RawConnection.exchange(stage.request, at: address, until: .max)
            let body = String(try #require(received.components(of: "\r\n\r\n").last))
            #expect(body.utf8.count == size)
            #expect(try JSONValue(text: body)["data"]?.stringValue?.utf8.allSatisfy { $0 == UInt8(ascii: "a") } == true)
        }
    }

    @Test("in process, a body over sprun's limit is rejected as over HTTP")
    func hugeInProcess() async throws {
        let stage = try await FaultStage("create_sysuser=wrong_json,body=huge")
        let error = await #expect(throws: ServerPilotError.self) { try await stage.create() }
        #expect(error?.code == .replyTooLarge)
        #expect(error?.delivery == .ambiguous)
        #expect(stage.isDone)
    }

    @Test("a reply that drips starts with its headers, and its body arrives over time")
    func drip() async throws {
        let stage = try await FaultStage("create_sysuser=drip,time=64s")
        // Time stands while this test works.
        stage.stage.clock.workBegan()
        stage.stage.clock.workBegan()
        try await withServer(stage.stage) { address in
            try await RawConnection.open(at: address) { inbound, outbound in
                try await outbound.write(stage.request)
                var received = ""
                var isHeld = true
                for try await piece in inbound {
                    received += piece
                    guard isHeld, received.contains("\r\n\r\n") else { continue }
                    isHeld = false
                    while stage.stage.clock.sleepers == 0 { await Task.yield() }
                    #expect(received.hasSuffix("\r\n\r\n"), "no byte of the body yet")
                    #expect(stage.elapsed == .zero)
                    stage.stage.clock.workEnded()
                }
                #expect(received.hasSuffix("}"))
                #expect(stage.elapsed == .seconds(64))
            }
        }
    }

    @Test("a connection works on after a fault that does not close it")
    func keepAlive() async throws {
        let stage = try await FaultStage("create_sysuser:1=503")
        let request = stage.request.split(separator: "Connection: close\r\n").joined()
        try await withServer(stage.stage) { address in
            let received = try await RawConnection.exchange(request + request, at: address, until: 2)
            #expect(received.hasPrefix("HTTP/1.1 503 "))
            #expect(received.components(of: "HTTP/1.1 200 OK").count == 2)
        }
        #expect(stage.isDone)
    }

    @Test("faults apply only to calls with valid credentials")
    func credentials() async throws {
        let stage = try await FaultStage("*=reply_lost")
        let response = try await stage.stage.simulator.send(WireRequest(method: .get, path: "/servers"))
        #expect(response.status == .unauthorized)
        #expect(stage.stage.simulator.faults.counts[0].calls == 0)
    }

    @Test(
        "a late request is executed after its client gave up, and is logged then",
        arguments: Way.allCases)
    func late(_ way: Way) async throws {
        let stage = try await FaultStage("create_sysuser:1=late,after=20s,patience=60s", way: way)
        let operation = try #require(Operation.named("create_sysuser"))
        try await way.reach(stage.stage) { transport in
            await #expect(throws: ServerPilotError.self) {
                try await Authorized(transport: transport, stage: stage.stage).call(operation, stage.arguments)
            }
        }
        #expect(stage.elapsed == .seconds(60))
        try await stage.stage.wait(.seconds(20) - .milliseconds(1))
        #expect(!stage.isDone)
        try await stage.stage.wait(.milliseconds(1))
        #expect(stage.isDone)
        let record = try #require(stage.stage.log.all.last)
        #expect(record.faults == ["late arrival"])
        #expect(record.time == Stage.beginning + .seconds(80))
        #expect(record.status == 200)
    }

    @Test("a late request is checked against the account at its arrival")
    func lateConflict() async throws {
        let stage = try await FaultStage("create_sysuser:1=late,after=20s,patience=1s")
        await #expect(throws: ServerPilotError.self) { try await stage.create() }
        _ = try await stage.create()
        try await stage.stage.wait(.seconds(30))
        #expect(stage.stage.simulator.account.sysusers.values.count { $0.name == "acme" } == 1)
        #expect(stage.stage.log.all.last?.status == 409)
    }

    @Test("over a socket, the client gives up by closing its connection")
    func givingUp() async throws {
        let stage = try await FaultStage("create_sysuser=late,after=0s,patience=20h")
        stage.stage.clock.workBegan()
        stage.stage.clock.workBegan()
        try await withServer(stage.stage) { address in
            try await RawConnection.open(at: address) { _, outbound in
                try await outbound.write(stage.request)
                while stage.stage.clock.sleepers == 0 { await Task.yield() }
                #expect(!stage.isDone, "it still waits")
            }
            while !stage.isDone { await Task.yield() }
            #expect(stage.elapsed == .zero)
        }
    }
}
