import Groundwork
import Groundwork
import HTTPTypes
import ServerPilot
import ServerPilotClient
import Testing

/// What a connection may do to a request, what is said of it, and that nothing is ever sent twice.
@Suite(.timeLimit(.minutes(5))) struct HTTPTransportFailureTests {
    /// What the server does with the first request.
    enum Fault: String, CaseIterable, CustomTestStringConvertible {
        case closesAfterRequest, resetsAfterRequest, closesAfterHalfHead, closesAfterHalfBody
        case closesAfterHalfChunk, closesAfterHeadOnly, resetsInBody
        case speaksGarbage, speaksGarbageLength
        case hangs, hangsInBody, drips

        var testDescription: String { rawValue }

        var code: ServerPilotError.Code {
            switch self {
            case .speaksGarbage, .speaksGarbageLength: .unreadableReply
            case .hangs, .hangsInBody, .drips: .timedOut
            default: .connectionLost
            }
        }

        func play(_ connection: TestConnection) async throws {
            guard try await connection.request() != nil else { return }
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
            switch self {
            case .closesAfterRequest: break
            case .resetsAfterRequest: try await connection.reset()
            case .closesAfterHalfHead: try await connection.write("HTTP/1.1 200 OK\r\nConte")
            case .closesAfterHeadOnly: try await connection.write(head)
            case .closesAfterHalfBody: try await connection.write(head + #"{"data":"#)
            case .closesAfterHalfChunk:
                try await connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"da")
            case .resetsInBody:
                try await connection.write(head + #"{"data":"#)
                try await connection.reset()
            case .speaksGarbage: try await connection.write("\u{1}\u{2}\u{3} this is not HTTP\r\n\r\n")
            case .speaksGarbageLength:
                try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: minus one\r\n\r\n")
            case .hangs: await connection.hang()
            case .hangsInBody:
                try await connection.write(head + #"{"data":"#)
                await connection.hang()
            case .drips:
                try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                while true {
                    try await connection.write(" ")
                    try await connection.pause(.milliseconds(10))
                }
            }
        }
    }

    @Test("a failure after the request is ambiguous, and the request is sent once", arguments: Fault.allCases)
    func afterSending(fault: Fault) async throws {
        var limits = Fixture.quickLimits
        if fault.code == .timedOut {
            limits.silence = .milliseconds(8000)
            limits.exchange = .milliseconds(9000)
        }
        try await TestServer.with {
            try await fault.play($0)
        } body: { [limits] server in
            let error = try await Fixture.transport(to: server, limits: limits).failure(of: Fixture.write)
            #expect(error.code == fault.code, "\(error.message)")
            #expect(error.delivery == .ambiguous)
            #expect(error.message.contains("127.0.0.1:\(server.port)"))
            #expect(server.requests.count == 1)
            #expect(server.connections == 1)
        }
    }

    @Test("if a kept connection closes during the second request, the request is not silently repeated")
    func closesUnderSecondRequest() async throws {
        try await TestServer.with { connection in
            _ = try await connection.request()
            try await connection.reply()
            _ = try await connection.request()
        } body: { server in
            let transport = try Fixture.transport(to: server)
            _ = try await transport.send(Fixture.read)
            let error = try await transport.failure(of: Fixture.write)
            #expect(error.code == .connectionLost)
            #expect(error.delivery == .ambiguous)
            #expect(server.requests.map(\.method) == ["GET", "POST"])
        }
    }

    @Test("whatever a dying connection does, no request arrives twice, and no unsent request arrives")
    func dyingKeptConnections() async throws {
        try await TestServer.with { connection in
            // The close races with the next request on its way here.
            _ = try await connection.request()
            try await connection.reply()
        } body: { server in
            let transport = try Fixture.transport(to: server)
            for number in 1...200 {
                let before = server.requests.count
                let request = WireRequest(method: .post, path: "/apps", body: Array("\(number)".utf8))
                do throws(ServerPilotError) {
                    _ = try await transport.send(request)
                } catch {
                    #expect(error.delivery == (error.code == .notConnected ? .notSent : .ambiguous))
                }
                let arrived = server.requests.dropFirst(before).filter { $0.body == "\(number)" }.count
                #expect(arrived <= 1)
            }
            let bodies = server.requests.map(\.body)
            #expect(Set(bodies).count == bodies.count)
        }
    }

    @Test("bytes after a reply are not taken for the next reply")
    func strayBytes() async throws {
        try await TestServer.with { connection in
            guard try await connection.request() != nil else { return }
            let stray = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nSTRAY"
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" + stray)
            while try await connection.request() != nil { try await connection.reply() }
        } body: { server in
            let transport = try Fixture.transport(to: server)
            for _ in 1...5 {
                do throws(ServerPilotError) {
                    let response = try await transport.send(Fixture.read)
                    #expect(String(decoding: response.body, as: UTF8.self) != "STRAY")
                } catch {
                    #expect(error.code != .cancelled)
                }
            }
        }
    }

    @Test("a refused connection sends nothing")
    func refused() async throws {
        let refusing = try RefusingPort()
        defer { withExtendedLifetime(refusing) {} }
        let port = refusing.number
        let error = try await Fixture.transport("http://127.0.0.1:\(port)/v1").failure(of: Fixture.write)
        #expect(error.code == .notConnected)
        #expect(error.delivery == .notSent)
        #expect(error.connectionFailure?.kind == .refused)
        #expect(error.message.hasPrefix("127.0.0.1:\(port) refuses connections"))
    }

    @Test("an unknown host name sends nothing")
    func unknownHost() async throws {
        let error = try await Fixture.transport("https://no-such-host.invalid/v1").failure(of: Fixture.write)
        #expect(error.code == .notConnected)
        #expect(error.delivery == .notSent)
        // Which of the two depends on whether the machine has a name service at all.
        let kind = try #require(error.connectionFailure?.kind)
        #expect([.unknownHost, .nameService].contains(kind))
        #expect(error.message.contains("no-such-host.invalid:443"))
    }

    @Test("a cancelled task ends its request at once and closes the connection", arguments: [true, false])
    func cancelled(inBody: Bool) async throws {
        let (events, continuation) = AsyncStream<String>.makeStream()
        try await TestServer.with { connection in
            _ = try await connection.request()
            if inBody { try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{") }
            continuation.yield("asked")
            await connection.hang()
            continuation.yield("closed")
        } body: { server in
            var limits = Fixture.quickLimits
            limits.silence = .seconds(600)
            limits.exchange = .seconds(600)
            let transport = try Fixture.transport(to: server, limits: limits)
            let call = Task { try await transport.failure(of: Fixture.write) }
            var iterator = events.makeAsyncIterator()
            #expect(await iterator.next() == "asked")
            call.cancel()
            let error = try await call.value
            #expect(error.code == .cancelled)
            #expect(error.delivery == .ambiguous)
            #expect(await iterator.next() == "closed")
            #expect(server.requests.count == 1)
        }
    }

    @Test("a task that is cancelled while it waits for its turn has sent nothing")
    func cancelledInQueue() async throws {
        let (asked, continuation) = AsyncStream<Void>.makeStream()
        try await TestServer.with { connection in
            _ = try await connection.request()
            continuation.yield()
            await connection.hang()
        } body: { server in
            var limits = Fixture.quickLimits
            limits.connections = 1
            let transport = try Fixture.transport(to: server, limits: limits)
            let first = Task { try await transport.failure(of: Fixture.read) }
            var iterator = asked.makeAsyncIterator()
            _ = await iterator.next()
            let second = Task { try await transport.failure(of: Fixture.write) }
            second.cancel()
            let error = try await second.value
            #expect(error.code == .cancelled)
            #expect(error.delivery == .notSent)
            first.cancel()
            _ = try await first.value
            #expect(server.requests.map(\.method) == ["GET"])
        }
    }

    @Test("cancelling at any moment never sends a request that is reported as not sent")
    func cancelledAnywhere() async throws {
        try await TestServer.with {
            try await $0.replyToAll()
        } body: { server in
            let transport = try Fixture.transport(to: server)
            var notSent: Set<String> = []
            for number in 0..<400 {
                let body = "\(number)"
                let call = Task {
                    do throws(ServerPilotError) {
                        _ = try await transport.send(
                            WireRequest(method: .post, path: "/apps", body: Array(body.utf8)))
                        return Delivery?.none
                    } catch {
                        // The connection of a cancelled request may close under the next one.
                        #expect(error.code == .cancelled || (error.code, error.delivery) == (.notConnected, .notSent))
                        return error.delivery
                    }
                }
                for _ in 0..<(number % 40) { await Task.yield() }
                call.cancel()
                if await call.value == .notSent { notSent.insert(body) }
            }
            // Whatever was under way has then arrived.
            await transport.shutdown()
            await server.untilAllAreClosed()
            let arrived = server.requests.map(\.body)
            #expect(notSent.isDisjoint(with: arrived))
            #expect(Set(arrived).count == arrived.count)
            #expect(!notSent.isEmpty)
        }
    }

    @Test("cancelling around the start of the body leaves no connection open")
    func cancelledAtBody() async throws {
        try await TestServer.with { connection in
            _ = try await connection.request()
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
            await connection.hang()
        } body: { server in
            var limits = Fixture.quickLimits
            limits.silence = .seconds(600)
            limits.exchange = .seconds(600)
            let transport = try Fixture.transport(to: server, limits: limits)
            for number in 0..<300 {
                let call = Task { try await transport.failure(of: Fixture.read) }
                for _ in 0..<(number * 2) { await Task.yield() }
                call.cancel()
                #expect(try await call.value.code == .cancelled)
            }
            await server.untilAllAreClosed()
            #expect(server.connections > 0)
        }
    }
}
