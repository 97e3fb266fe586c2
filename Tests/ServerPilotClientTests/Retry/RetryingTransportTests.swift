import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import SprunTesting
import Testing

@testable import ServerPilotClient

@Suite struct RetryingTransportTests {
    private let clock = ManualClock()

    private func retrying(_ base: any Transport, onRetry: @escaping @Sendable (RetryEvent) -> Void = { _ in })
        -> RetryingTransport
    {
        RetryingTransport(base, time: clock, random: { 0.5 }, onRetry: onRetry)
    }

    private static func connectionFailure(_ kind: ConnectionFailure.Kind) -> ConnectionFailure {
        ConnectionFailure(kind: kind, underlying: CancellationError())
    }

    @Test("an unsent request is sent again after growing pauses, each announced first")
    func notSent() async throws {
        let base = ScriptedTransport { number, _ in
            number < 4
                ? .failure(.notConnected, .notSent, cause: Self.connectionFailure(.refused)) : .status(200)
        }
        let events = Locked<[RetryEvent]>([])
        let transport = retrying(base) { event in events.change { $0.append(event) } }
        let response = try await transport.send(Fixture.write)
        #expect(response.status == .ok)
        #expect(base.requests == Array(repeating: Fixture.write, count: 4))
        #expect(clock.sleeps == [.milliseconds(250), .milliseconds(500), .seconds(1)])
        let seen = events.value
        #expect(seen.map(\.delay) == clock.sleeps)
        #expect(seen.map(\.failures) == [1, 2, 3])
        #expect(seen.allSatisfy { $0.method == .post && $0.path == "/apps" })
        #expect(transport.counts == RetryingTransport.Counts(requests: 1, retries: 3))
    }

    @Test("the end of a repeated request is announced once; other requests are not announced")
    func ended() async throws {
        let base = ScriptedTransport { number, _ in
            switch number {
            case 1: .status(200)
            case 2: .failure(.notConnected, .notSent, cause: Self.connectionFailure(.refused))
            case 3: .status(200)
            default: .failure(.notConnected, .notSent, cause: Self.connectionFailure(.refused))
            }
        }
        let ends = Locked<[RetryEnd]>([])
        let transport = RetryingTransport(
            base, time: clock, random: { 0.5 }, onEnd: { end in ends.change { $0.append(end) } })
        _ = try await transport.send(Fixture.write)
        #expect(ends.value == [])
        _ = try await transport.send(Fixture.write)
        #expect(ends.value == [.replied])
        _ = try? await transport.send(Fixture.write)
        #expect(ends.value == [.replied, .failed])
    }

    @Test("a 429 is sent again after its Retry-After, and returned after the last try")
    func throttled() async throws {
        let base = ScriptedTransport { number, _ in
            number <= 2 || number > 3 ? .status(429, [.retryAfter: "\(number)"]) : .status(201)
        }
        let transport = retrying(base)
        #expect(try await transport.send(Fixture.write).status == .created)
        #expect(clock.sleeps == [.seconds(1), .seconds(2)])
        #expect(try await transport.send(Fixture.write).status == .tooManyRequests)
        #expect(base.requests.count == 3 + 6)
    }

    @Test("the owner check runs before each try, and nothing is sent after it fails")
    func asked() async throws {
        let base = ScriptedTransport { _, _ in .status(429, [.retryAfter: "5"]) }
        let asked = Locked(0)
        do throws(ServerPilotError) {
            _ = try await retrying(base).send(Fixture.write) { () throws(ServerPilotError) in
                asked.change { $0 += 1 }
                guard asked.value < 3 else {
                    throw ServerPilotError(code: .cancelled, message: "taken over", delivery: .notSent)
                }
            }
            Issue.record("it was sent")
        } catch {
            #expect(error.code == .cancelled && error.delivery == .notSent)
        }
        #expect(asked.value == 3 && base.requests.count == 2)
        #expect(clock.sleeps == [.seconds(5), .seconds(5)])
    }

    @Test(
        "other failures are not repeated",
        arguments: [
            ScriptedTransport.Answer.failure(.connectionLost, .ambiguous), .failure(.timedOut, .ambiguous),
            .failure(.cancelled, .notSent), .failure(.cancelled, .ambiguous), .failure(.invalidArguments, .notSent),
            .failure(.replyTooLarge, .ambiguous), .failure(.unreadableReply, .ambiguous),
            .failure(.conflict, .rejected),
            .failure(.notConnected, .notSent, cause: connectionFailure(.certificate)),
            .failure(.notConnected, .notSent, cause: connectionFailure(.unknownHost)),
            .failure(.notConnected, .notSent, cause: connectionFailure(.proxyLogin)),
            .failure(.notConnected, .notSent, cause: connectionFailure(.trustStore)),
            .failure(.notConnected, .notSent, cause: connectionFailure(.tls)),
            .status(200), .status(301), .status(400), .status(401), .status(404), .status(408), .status(409),
            .status(425), .status(500), .status(502), .status(503, [.retryAfter: "1"]), .status(504),
        ])
    func final(answer: ScriptedTransport.Answer) async throws {
        let base = ScriptedTransport { _, _ in answer }
        switch answer {
        case .success(let response): #expect(try await retrying(base).send(Fixture.write) == response)
        case .failure(let expected):
            let error = try await retrying(base).failure(of: Fixture.write)
            #expect(error.code == expected.code)
            #expect(error.message == "broken")
        }
        #expect(base.requests.count == 1)
        #expect(clock.sleeps.isEmpty)
    }

    @Test("the final failure has the number of tries")
    func givingUp() async throws {
        let base = ScriptedTransport { _, _ in .failure(.notConnected, .notSent) }
        let error = try await retrying(base).failure(of: Fixture.write)
        #expect(error.message == "broken (6 tries of this request)")
        #expect(error.code == .notConnected)
        #expect(error.delivery == .notSent)
        #expect(base.requests.count == 6)
    }

    @Test("a failure after unsent tries is classified by itself")
    func laterAmbiguity() async throws {
        let base = ScriptedTransport { number, _ in
            number == 1 ? .failure(.notConnected, .notSent) : .failure(.connectionLost, .ambiguous)
        }
        let error = try await retrying(base).failure(of: Fixture.write)
        #expect(error.code == .connectionLost)
        #expect(error.delivery == .ambiguous)
        #expect(base.requests.count == 2)
    }

    @Test("a run in which everything fails stops retrying")
    func budget() async throws {
        let base = ScriptedTransport { _, _ in .failure(.notConnected, .notSent) }
        let transport = retrying(base)
        for _ in 1...100 { _ = try await transport.failure(of: Fixture.read) }
        #expect(transport.counts == RetryingTransport.Counts(requests: 100, retries: 20))
        #expect(base.requests.count == 120)
    }

    @Test("setting the clock back during a call delays nothing")
    func clockTurnedBack() async throws {
        let clock = clock
        let base = ScriptedTransport { _, _ in
            clock.advance(by: .seconds(-100_000))
            return .status(429, [.retryAfter: "1"])
        }
        #expect(try await retrying(base).send(Fixture.read).status == .tooManyRequests)
        #expect(base.requests.count == 6)
    }

    @Test("a task that is cancelled during a pause ends there, unsent, and returns the extra request")
    func cancelledInPause() async throws {
        let base = ScriptedTransport { _, _ in .failure(.notConnected, .notSent) }
        // The announcement comes before the pause.
        let transport = retrying(base) { _ in withUnsafeCurrentTask { $0?.cancel() } }
        let error = try await Task { try await transport.failure(of: Fixture.write) }.value
        #expect(error.code == .cancelled)
        #expect(error.delivery == .notSent)
        #expect(base.requests.count == 1)
        #expect(transport.counts == RetryingTransport.Counts(requests: 1, retries: 0))
    }

    @Test("a request that must not be repeated after a 429 is returned")
    func notRepeated() async throws {
        let base = ScriptedTransport { _, _ in .status(429, [.retryAfter: "1"]) }
        let create = try #require(Operation.named("create_server"))
        let request = try create.request(["name": "www9"])
        #expect(try await retrying(base).send(request).status == .tooManyRequests)
        #expect(base.requests.count == 1)
        // What cannot exist twice is repeated: a second one would be refused.
        let user = try #require(Operation.named("create_sysuser"))
        _ = try await retrying(base).send(try user.request(["serverid": "s", "name": "acme"]))
        #expect(base.requests.count == 7)
    }

    @Test(
        "over a real socket, every form of Retry-After is obeyed",
        arguments: [
            (["Retry-After: 3.5"], 4),
            (["Date: Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After: Sunday, 06-Nov-94 08:49:47 GMT"], 10),
        ])
    func retryAfterForms(_ fields: [String], _ seconds: Int) async throws {
        _ = try await TestServer.with { connection in
            _ = try await connection.request()
            try await connection.reply("429 Slow down", fields)
            _ = try await connection.request()
            try await connection.reply()
        } body: { server in
            let transport = retrying(try Fixture.transport(to: server))
            #expect(try await transport.send(Fixture.write).status == .ok)
            #expect(clock.sleeps == [.seconds(seconds)])
        }
    }

    @Test("a Retry-After date without a Date header counts from this machine's clock")
    func undatedRetryAfter() async throws {
        let until = HTTPDate.text(Timestamp(sinceEpoch: SystemClock().now.sinceEpoch + .seconds(100)))
        _ = try await TestServer.with { connection in
            _ = try await connection.request()
            try await connection.reply("429 Slow down", ["Retry-After: \(until)"])
            _ = try await connection.request()
            try await connection.reply()
        } body: { server in
            let transport = retrying(try Fixture.transport(to: server))
            #expect(try await transport.send(Fixture.write).status == .ok)
            #expect(clock.sleeps.count == 1 && clock.sleeps[0] > .seconds(80) && clock.sleeps[0] <= .seconds(100))
        }
    }

    @Test("over a real socket, a 429 leads to one more request, and a dead server to six tries")
    func realSockets() async throws {
        try await TestServer.with { connection in
            _ = try await connection.request()
            try await connection.reply("429 Slow down", ["Retry-After: 3"])
            _ = try await connection.request()
            try await connection.reply()
        } body: { server in
            let transport = retrying(try Fixture.transport(to: server))
            #expect(try await transport.send(Fixture.write).status == .ok)
            #expect(server.requests.map(\.body) == [#"{"name":"shop"}"#, #"{"name":"shop"}"#])
            #expect(clock.sleeps == [.seconds(3)])
        }
        let refusing = try RefusingPort()
        defer { withExtendedLifetime(refusing) {} }
        let transport = retrying(try Fixture.transport("http://127.0.0.1:\(refusing.number)/v1"))
        let error = try await transport.failure(of: Fixture.write)
        #expect(error.connectionFailure?.kind == .refused)
        #expect(transport.counts.retries == 5)
    }
}
