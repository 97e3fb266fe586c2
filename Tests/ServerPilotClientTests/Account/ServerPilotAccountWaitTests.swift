import Groundwork
import HTTPTypes
import ServerPilot
import ServerPilotClient
import ServerPilotSimulator
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
        let (account, transport) = account { Self.status($0 < 13 ? "open" : "success") }
        let action = try await account.wait(for: "act1")
        #expect(action?.status == .success)
        #expect(transport.requests.count == 13)
        // 12 % of the action's age, at least 2 seconds.
        #expect(clock.sleeps.prefix(9).allSatisfy { $0 == .seconds(2) })
        #expect(clock.sleeps.dropFirst(9).map { ($0.inSeconds * 100).rounded() / 100 } == [2.16, 2.42, 2.71])
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

    @Test("an action that the account queued is polled when it should have ended")
    func ownActions() async throws {
        let plan = ActionPlan.fixed(.seconds(30))
        let stage = RecipeStage(plan: plan)
        let account = ServerPilotAccount(transport: stage.serverPilot.transport, time: stage.clock)
        let server = try #require(try await account.servers().first?.id)
        var polls: [Int] = []
        for name in ["one", "two", "three"] {
            _ = stage.takeRequests()
            let user = try await account.createSysuser(server: server, name: name)
            try await account.wait(for: user.actionID)
            polls.append(stage.takeRequests().count { $0.path.hasPrefix("/actions/") })
        }
        #expect(polls[0] > 4 && polls[1] <= 2 && polls[2] <= 2, "\(polls)")
    }
}
