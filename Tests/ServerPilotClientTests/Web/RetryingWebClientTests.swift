import ServerPilot
import Synchronization
import Testing

@testable import ServerPilotClient

@Suite struct RetryingWebClientTests {
    /// A web that answers by a closure.
    private final class Web: WebClient {
        let count = Mutex(0)
        let answer: @Sendable (Int) -> Result<WebReply, WebFailure>
        init(_ answer: @escaping @Sendable (Int) -> Result<WebReply, WebFailure>) { self.answer = answer }
        func send(_ request: WebRequest) async throws(WebFailure) -> WebReply {
            let number = count.withLock { count in
                count += 1
                return count
            }
            return try answer(number).get()
        }
    }

    private static func reply(_ status: Int, retryAfter: String? = nil) -> Result<WebReply, WebFailure> {
        .success(
            WebReply(status: status, fields: [retryAfter.flatMap { WebField("retry-after", $0) }].compactMap(\.self)))
    }

    private static func send(
        _ web: Web, isRepeatable: Bool = false, _ clock: ManualClock = ManualClock()
    ) async throws(WebFailure) -> WebReply {
        guard var request = try? WebFixture.request("POST", "https://api.example/") else {
            throw WebFailure(.refused, "no request", delivery: .notSent)
        }
        request.isRepeatable = isRepeatable
        return try await RetryingWebClient(web, time: clock, random: { 0.5 }).send(request)
    }

    @Test("what was refused with 429 is sent again after the time that was asked for, changes too")
    func throttled() async throws {
        let web = Web { $0 < 3 ? Self.reply(429, retryAfter: "7") : Self.reply(201) }
        let clock = ManualClock()
        #expect(try await Self.send(web, clock).status == 201)
        #expect(clock.sleeps == [.seconds(7), .seconds(7)])
        let never = Web { _ in Self.reply(429) }
        #expect(try await Self.send(never).status == 429)
        #expect(never.count.withLock { $0 } == RetryPolicy().attempts)
    }

    @Test("who may no longer send is asked before each try, and nothing is sent after the first no")
    func asked() async throws {
        let web = Web { _ in Self.reply(429, retryAfter: "7") }
        let asked = Locked(0)
        let client = RetryingWebClient(web, time: ManualClock(), random: { 0.5 })
        let request = try WebFixture.request("POST", "https://api.example/")
        await #expect(throws: WebFailure.self) {
            _ = try await client.send(request) { () throws(WebFailure) in
                asked.change { $0 += 1 }
                guard asked.value < 3 else { throw WebFailure(.cancelled, "taken over", delivery: .notSent) }
            }
        }
        #expect(asked.value == 3 && web.count.withLock { $0 } == 2)
    }

    @Test("what was put off with 503 is sent again only where it can be repeated")
    func putOff() async throws {
        let web = Web { $0 == 1 ? Self.reply(503, retryAfter: "1") : Self.reply(200) }
        #expect(try await Self.send(web, isRepeatable: true).status == 200)
        let change = Web { _ in Self.reply(503, retryAfter: "1") }
        #expect(try await Self.send(change).status == 503)
        #expect(change.count.withLock { $0 } == 1)
        let silent = Web { _ in Self.reply(503) }
        #expect(try await Self.send(silent, isRepeatable: true).status == 503)
        #expect(silent.count.withLock { $0 } == 1)
    }

    @Test("what could not be sent is sent again, and nothing else")
    func failures() async throws {
        let web = Web { number in
            number == 1 ? .failure(WebFailure(.notConnected, "no", delivery: .notSent)) : Self.reply(200)
        }
        #expect(try await Self.send(web).status == 200)
        for failure in [
            WebFailure(.connectionLost, "lost", delivery: .ambiguous),
            WebFailure(.timedOut, "late", delivery: .ambiguous),
            WebFailure(.refused, "no", delivery: .notSent, isPermanent: true),
            WebFailure(.notConnected, "no such host", delivery: .notSent, isPermanent: true),
        ] {
            let web = Web { _ in .failure(failure) }
            await #expect(throws: failure) { try await Self.send(web, isRepeatable: true) }
            #expect(web.count.withLock { $0 } == 1)
        }
    }
}
