import Foundation
import Groundwork
import ServerPilotClient
import Testing

@Suite struct SystemClockTests {
    @Test("the time is the machine's time, to better than a second")
    func now() {
        let before = Date().timeIntervalSince1970
        let now = SystemClock().now.sinceEpoch.inSeconds
        let after = Date().timeIntervalSince1970
        #expect((before - 0.001...after + 0.001).contains(now))
    }

    @Test("the steady time begins at the time of day and never runs backwards")
    func steady() async throws {
        let clock = SystemClock()
        let first = clock.steady
        #expect(abs((first - clock.now).inSeconds) < 60, "unless the machine's clock was set since the first test")
        var last = first
        for _ in 0..<1000 {
            let next = clock.steady
            #expect(next >= last)
            last = next
        }
        try await clock.sleep(for: .milliseconds(20))
        #expect(clock.steady - first >= .milliseconds(20))
    }

    @Test("a sleep takes at least its duration")
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
