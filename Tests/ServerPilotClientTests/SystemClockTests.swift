import Foundation
import ServerPilot
import ServerPilotClient
import Testing

@Suite struct SystemClockTests {
    @Test("the time is the machine's, to better than a second")
    func now() {
        let before = Date().timeIntervalSince1970
        let now = SystemClock().now.sinceEpoch.inSeconds
        let after = Date().timeIntervalSince1970
        #expect((before - 0.001...after + 0.001).contains(now))
    }

    @Test("a sleep takes at least its time")
    func sleeping() async throws {
        let began = ContinuousClock.now
        try await SystemClock().sleep(for: .milliseconds(20))
        #expect(ContinuousClock.now - began >= .milliseconds(20))
    }

    @Test("a sleep of a cancelled task ends at once", .timeLimit(.minutes(5)))
    func cancelled() async {
        let sleep = Task { try await SystemClock().sleep(for: .seconds(3600)) }
        sleep.cancel()
        await #expect(throws: CancellationError.self) { try await sleep.value }
    }
}
