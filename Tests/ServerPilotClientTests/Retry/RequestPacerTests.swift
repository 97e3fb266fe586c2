import Groundwork
import HTTPTypes
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Synchronization
import Testing

@testable import ServerPilotClient

@Suite("The pace of requests")
struct RequestPacerTests {
    /// An API that allows so many requests in each second of its clock, and says how many it refused.
    private final class Limited: Transport {
        struct Counts {
            var second: Int64 = -1
            var inSecond = 0
            var accepted: [Timestamp] = []
            var refused: [Timestamp] = []
            var lanes: [Int] = []
        }

        let time: any TimeSource
        let most: Int
        let counts = Mutex(Counts())

        init(_ time: any TimeSource, most: Int) { (self.time, self.most) = (time, most) }

        func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
            try? await time.sleep(for: .milliseconds(40))
            let isAllowed = counts.withLock { counts in
                let now = time.steady
                let recent = counts.accepted.count { now - $0 < .seconds(1) }
                guard recent < most else {
                    counts.refused.append(now)
                    return false
                }
                counts.accepted.append(now)
                counts.lanes.append(RequestLane.current)
                return true
            }
            try? await time.sleep(for: .milliseconds(40))
            guard isAllowed else {
                return WireResponse(status: .tooManyRequests, headers: [.retryAfter: "1"], body: [])
            }
            return WireResponse(status: .ok, body: Array(#"{"data":[]}"#.utf8))
        }
    }

    private static let start = Timestamp(epochSeconds: 1_700_000_000)

    /// Sends that many requests at once, in lanes, and waits for all.
    private func send(
        _ count: Int, over transport: any Transport, clock: VirtualClock,
        lane: @escaping @Sendable (Int) -> Int = { $0 }
    ) async -> [Int] {
        clock.workBegan()
        let statuses = await withTaskGroup(of: Int.self) { group in
            for number in 0..<count {
                clock.workBegan()
                group.addTask {
                    let status = await RequestLane.$current.withValue(lane(number)) {
                        (try? await transport.send(WireRequest(method: .get, path: "/servers")))?.status.code ?? 0
                    }
                    clock.workEnded()
                    return status
                }
            }
            clock.workEnded()
            var statuses: [Int] = []
            for await status in group { statuses.append(status) }
            return statuses
        }
        return statuses
    }

    @Test("an API that allows five requests a second refuses none after the first second")
    func learned() async {
        let clock = VirtualClock(now: Self.start)
        let api = Limited(clock, most: 5)
        let transport = RetryingTransport(api, time: clock, random: { 0.5 })
        #expect(await send(8, over: transport, clock: clock).allSatisfy { $0 == 200 })
        #expect(await send(120, over: transport, clock: clock).allSatisfy { $0 == 200 })
        let refused = api.counts.withLock { $0.refused }
        #expect(!refused.isEmpty && refused.allSatisfy { $0 - Self.start <= .seconds(1) }, "\(refused)")
        // The pace is nine tenths of what is allowed.
        #expect(clock.now - Self.start < .seconds(32))
    }

    @Test("a rate is never exceeded, in any second")
    func rate() async {
        let clock = VirtualClock(now: Self.start)
        let api = Limited(clock, most: 4)
        let transport = RetryingTransport(api, time: clock, random: { 0.5 }, rate: 4)
        #expect(await send(40, over: transport, clock: clock).allSatisfy { $0 == 200 })
        #expect(api.counts.withLock { $0.refused.isEmpty })
        #expect(clock.now - Self.start >= .seconds(9.75) && clock.now - Self.start < .seconds(10))
    }

    @Test("a lane with one request is not held up by a lane with many")
    func fair() async {
        let clock = VirtualClock(now: Self.start)
        let api = Limited(clock, most: 100)
        let transport = RetryingTransport(api, time: clock, random: { 0.5 }, rate: 10)
        _ = await send(53, over: transport, clock: clock) { $0 < 50 ? 1 : $0 }
        let lanes = api.counts.withLock { $0.lanes }
        #expect(lanes.prefix(8).count { $0 != 1 } == 3, "\(lanes)")
    }

    @Test("after a 429, all requests wait for as long as it asks")
    func pause() async {
        let clock = VirtualClock(now: Self.start)
        let times = Locked<[Duration]>([])
        let base = ScriptedTransport { number, _ in
            times.change { $0.append(clock.now - Self.start) }
            return number == 1 ? .status(429, [.retryAfter: "7"]) : .status(200)
        }
        let transport = RetryingTransport(base, time: clock, random: { 0.5 })
        _ = await send(1, over: transport, clock: clock)
        _ = await send(3, over: transport, clock: clock)
        #expect(times.value.dropFirst().allSatisfy { $0 >= .seconds(7) }, "\(times.value)")
    }

    @Test("after failures in a row all requests wait, and after a success none does")
    func failures() {
        var pace = RequestPace()
        for number in 0..<5 {
            pace.sends(at: Self.start)
            pace.ended(.failed, sent: Self.start, at: Self.start)
            let pause = pace.next(now: Self.start) - Self.start
            #expect(pause == [.zero, .zero, .milliseconds(500), .seconds(1), .seconds(2)][number])
        }
        let later = Self.start + .seconds(2)
        pace.sends(at: later)
        pace.ended(.normal, sent: later, at: later)
        pace.ended(.failed, sent: later, at: later)
        #expect(pace.next(now: later) == later)
    }

    @Test("refusals that are chance do not slow the run down")
    func chance() {
        var pace = RequestPace()
        var now = Self.start
        for number in 1...4000 {
            now = max(now + .milliseconds(20), pace.next(now: now))
            pace.sends(at: now)
            let isRefused = number % 50 == 0 || number % 400 == 1
            pace.ended(isRefused ? .throttled(retryAfter: .zero) : .normal, sent: now, at: now)
        }
        #expect(pace.learned == nil)
    }

    @Test("a learned rate is tried again after five minutes, and later if it still holds")
    func trial() {
        var pace = RequestPace()
        var (now, accepted, refusals) = (Self.start, [Timestamp](), [Duration]())
        while now - Self.start < .seconds(3000) {
            now = max(now + .milliseconds(10), pace.next(now: now))
            pace.sends(at: now)
            accepted.removeAll { now - $0 >= .seconds(1) }
            let isAllowed = accepted.count < 5
            if isAllowed { accepted.append(now) } else { refusals.append(now - Self.start) }
            pace.ended(isAllowed ? .normal : .throttled(retryAfter: .seconds(1)), sent: now, at: now)
        }
        let late = refusals.filter { $0 > .seconds(3) }
        #expect(late.count < 12 && late.allSatisfy { $0 > .seconds(300) }, "\(refusals)")
        #expect(pace.learned ?? 9 <= 5.1 && pace.learned ?? 0 >= 3)
    }

    @Test("a request that is cancelled while it waits is not sent, and takes no place")
    func cancelled() async {
        let clock = VirtualClock(now: Self.start)
        let pacer = RequestPacer(time: clock, rate: 1)
        clock.workBegan()
        let first = await pacer.enter()
        clock.workBegan()
        let second = Task {
            let sent = await pacer.enter()
            clock.workEnded()
            return sent
        }
        second.cancel()
        #expect(first == Self.start)
        #expect(await second.value == nil)
        let third = await pacer.enter()
        #expect(third.map { $0 - Self.start } == .seconds(1))
        clock.workEnded()
    }
}
