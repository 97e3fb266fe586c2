import Groundwork
import ServerPilot
import SprunTesting
import Synchronization
import Testing

@testable import ServerPilotClient

@Suite struct RetryingWebClientTests {
    private static func reply(_ status: Int, retryAfter: String? = nil) -> Result<WebReply, WebFailure> {
        .success(
            WebReply(status: status, fields: [retryAfter.flatMap { WebField("retry-after", $0) }].compactMap(\.self)))
    }

    private static func send(
        _ web: ScriptedWeb, isRepeatable: Bool = false, _ clock: ManualClock = ManualClock()
    ) async throws(WebFailure) -> WebReply {
        guard var request = try? WebFixture.request("POST", "https://api.example/") else {
            throw WebFailure(.refused, "no request", delivery: .notSent)
        }
        request.isRepeatable = isRepeatable
        return try await RetryingWebClient(web, time: clock, random: { 0.5 }).send(request)
    }

    @Test("a 429 is sent again after its Retry-After, also for changes")
    func throttled() async throws {
        let web = ScriptedWeb { $1 < 3 ? Self.reply(429, retryAfter: "7") : Self.reply(201) }
        let clock = ManualClock()
        #expect(try await Self.send(web, clock).status == 201)
        #expect(clock.sleeps == [.seconds(7), .seconds(7)])
        let never = ScriptedWeb { _, _ in Self.reply(429) }
        #expect(try await Self.send(never).status == 429)
        #expect(never.requests.count == RetryPolicy().attempts)
    }

    @Test("the owner check runs before each try, and nothing is sent after it fails")
    func asked() async throws {
        let web = ScriptedWeb { _, _ in Self.reply(429, retryAfter: "7") }
        let asked = Locked(0)
        let client = RetryingWebClient(web, time: ManualClock(), random: { 0.5 })
        let request = try WebFixture.request("POST", "https://api.example/")
        await #expect(throws: WebFailure.self) {
            _ = try await client.send(request) { () throws(WebFailure) in
                asked.change { $0 += 1 }
                guard asked.value < 3 else { throw WebFailure(.cancelled, "taken over", delivery: .notSent) }
            }
        }
        #expect(asked.value == 3 && web.requests.count == 2)
    }

    @Test("a 503 with Retry-After is sent again only if the request can be repeated")
    func putOff() async throws {
        let web = ScriptedWeb { $1 == 1 ? Self.reply(503, retryAfter: "1") : Self.reply(200) }
        #expect(try await Self.send(web, isRepeatable: true).status == 200)
        let change = ScriptedWeb { _, _ in Self.reply(503, retryAfter: "1") }
        #expect(try await Self.send(change).status == 503)
        #expect(change.requests.count == 1)
        let silent = ScriptedWeb { _, _ in Self.reply(503) }
        #expect(try await Self.send(silent, isRepeatable: true).status == 503)
        #expect(silent.requests.count == 1)
    }

    @Test("only unsent requests are sent again")
    func failures() async throws {
        let web = ScriptedWeb { _, number in
            number == 1 ? .failure(WebFailure(.notConnected, "no", delivery: .notSent)) : Self.reply(200)
        }
        #expect(try await Self.send(web).status == 200)
        for failure in [
            WebFailure(.connectionLost, "lost", delivery: .ambiguous),
            WebFailure(.timedOut, "late", delivery: .ambiguous),
            WebFailure(.refused, "no", delivery: .notSent, isPermanent: true),
            WebFailure(.notConnected, "no such host", delivery: .notSent, isPermanent: true),
        ] {
            let web = ScriptedWeb { _, _ in .failure(failure) }
            await #expect(throws: failure) { try await Self.send(web, isRepeatable: true) }
            #expect(web.requests.count == 1)
        }
    }
}
