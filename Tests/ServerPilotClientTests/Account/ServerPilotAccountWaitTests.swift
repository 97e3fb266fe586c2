import Groundwork
import HTTPTypes
import ServerPilot
import ServerPilotClient
import SprunTesting
import Testing

@Suite struct ServerPilotAccountWaitTests {
    private let clock = ManualClock()

    private func account(
        _ answer: @escaping @Sendable (Int) -> ScriptedTransport.Answer
    ) -> (ServerPilotAccount, ScriptedTransport) {
        let transport = ScriptedTransport { number, _ in answer(number) }
        return (ServerPilotAccount(transport: transport, time: clock), transport)
    }

    private static func status(_ status: String) -> ScriptedTransport.Answer {
        .status(
            200, body: #"{"data":{"id":"act1","serverid":"srv1","status":"\#(status)","datecreated":1700000000}}"#)
    }

    @Test("every action is polled at least once")
    func noAction() async throws {
        let (account, transport) = account { _ in .status(500) }
        #expect(try await account.wait(for: nil) == nil)
        #expect(transport.requests.isEmpty)
    }

    @Test("an action is polled at growing intervals until it succeeds")
    func success() async throws {
        let (account, transport) = account { Self.status($0 < 9 ? "open" : "success") }
        let action = try await account.wait(for: "act1")
        #expect(action?.status == .success)
        #expect(transport.requests.count == 9)
        // A quarter of the action's age, at least 2 seconds.
        #expect(
            clock.sleeps == [
                .seconds(2), .seconds(2), .seconds(2), .seconds(2), .seconds(2), .milliseconds(2500),
                .milliseconds(3125), .microseconds(3_906_250),
            ])
    }

    @Test(
        "an action that does not succeed is an error that names the action and its server",
        arguments: ["error", "lost"])
    func error(status: String) async throws {
        let (account, transport) = account { Self.status($0 < 2 ? "open" : status) }
        let error = try await #require(throws: ServerPilotError.self) { try await account.wait(for: "act1") }
        #expect(error.code == .actionFailed)
        #expect(error.message.contains("act1") && error.message.contains("srv1") && error.message.contains(status))
        #expect(transport.requests.count == 2)
    }

    @Test("an action that stays open is waited for until the timeout, and polled at the end")
    func timeout() async throws {
        let (account, _) = account { _ in Self.status("open") }
        let error = try await #require(throws: ServerPilotError.self) {
            try await account.wait(for: "act1", timeout: .seconds(60))
        }
        #expect(error.code == .timedOut)
        #expect(error.message.contains("act1") && error.message.contains("1m"))
        #expect(clock.sleeps.reduce(.zero, +) == .seconds(60))
    }

    @Test("single missing replies do not end the wait; five in a row do")
    func missingAnswers() async throws {
        let failures: [ScriptedTransport.Answer] = [
            .status(500), .failure(.connectionLost, .ambiguous), .status(429), .failure(.notConnected, .notSent),
        ]
        let (patient, _) = account { number in
            number == 10 ? Self.status("success") : number % 5 == 0 ? Self.status("open") : failures[number % 5 - 1]
        }
        #expect(try await patient.wait(for: "act1")?.status == .success)
        let (hopeless, transport) = account { _ in .status(502) }
        let error = try await #require(throws: ServerPilotError.self) { try await hopeless.wait(for: "act1") }
        #expect(error.code == .serverFault)
        #expect(transport.requests.count == 5)
    }

    @Test("a permanent error ends the wait at once", arguments: [401, 403, 404])
    func finalAnswers(status: Int) async throws {
        let (account, transport) = account { _ in .status(status) }
        await #expect(throws: ServerPilotError.self) { try await account.wait(for: "act1") }
        #expect(transport.requests.count == 1)
        #expect(clock.sleeps.isEmpty)
    }

    @Test("a cancelled wait ends as cancelled")
    func cancelled() async throws {
        let (account, _) = account { _ in
            withUnsafeCurrentTask { $0?.cancel() }
            return Self.status("open")
        }
        let wait = Task { try await account.wait(for: "act1") }
        let error = try await #require(throws: ServerPilotError.self) { _ = try await wait.value }
        #expect(error.code == .cancelled)
        #expect(error.message.contains("act1"))
    }
}
