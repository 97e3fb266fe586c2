@testable import RecipeEngine
import Groundwork
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("Predicting the end of actions")
struct ServerQueueTests {
    private let start = Timestamp(epochSeconds: 1000)

    private func after(_ seconds: Int64) -> Timestamp { start + .seconds(seconds) }

    @Test("the first action has no prediction; the next actions are predicted after it")
    func unknown() {
        var queue = ServerQueue()
        queue.queued("a", "create_app", at: start)
        queue.queued("b", "create_app", at: start)
        #expect(queue.remaining(of: "a", at: start) == nil)
        #expect(queue.remaining(of: "b", at: start) == ServerQueue.typicalDuration * 2)
        #expect(queue.remaining(of: "c", at: start) == nil)
    }

    @Test("an operation is expected to take as long as the last time, after the previous action")
    func learned() {
        var queue = ServerQueue()
        queue.queued("a", "create_app", at: start)
        queue.queued("b", "create_app", at: start)
        queue.queued("c", "create_db", at: start)
        queue.seenOpen("a", at: after(15))
        queue.ended("a", at: after(20))
        #expect(queue.remaining(of: "b", at: after(20)) == .seconds(20))
        #expect(queue.remaining(of: "c", at: after(25)) == .seconds(35))
        #expect(queue.remaining(of: "b", at: after(45)) == .seconds(-5))
        queue.seenOpen("b", at: after(45))
        queue.ended("b", at: after(50))
        #expect(queue.remaining(of: "c", at: after(50)) == .seconds(25))
    }

    @Test("an unobserved end is measured only if it came sooner than expected")
    func unseen() {
        var queue = ServerQueue()
        for id in ["a", "b", "c", "d"] { queue.queued(ActionID(id), "create_app", at: start) }
        queue.ended("a", at: after(3600))
        #expect(queue.remaining(of: "b", at: after(3600)) == nil)
        queue.seenOpen("b", at: after(3650))
        queue.ended("b", at: after(3660))
        #expect(queue.remaining(of: "c", at: after(3660)) == .seconds(60))
        queue.ended("c", at: after(3680))
        #expect(queue.remaining(of: "d", at: after(3680)) == .seconds(40))
    }

    @Test("an action that ended earlier is polled at once and is not measured")
    func interrupted() async {
        let runner = RecipeStage()
        let report = await runner.run(
            """
            local server = sp.find_server{ name = "www1" }
            local _, action = sp.create_sysuser{ serverid = server.id, name = "late" }
            sp.sleep("1h")
            sp.wait(action)
            local user = sp.find_sysuser{ serverid = server.id, name = "late" }
            _, action = sp.create_app{ name = "next", sysuserid = user.id, runtime = "php8.4" }
            sp.wait(action)
            """)
        #expect(report.failure == nil)
        #expect(report.elapsed > .seconds(3600) && report.elapsed < .seconds(3600 + 90), "\(report.elapsed)")
    }

    @Test("the end of an action implies the end of earlier actions")
    func laterEndsEarlier() {
        var queue = ServerQueue()
        for id in ["a", "b", "c"] { queue.queued(ActionID(id), "create_app", at: start) }
        queue.ended("b", at: after(10))
        #expect(queue.remaining(of: "a", at: after(10)) == nil)
        #expect(queue.remaining(of: "c", at: after(10)) == nil)
    }

    @Test(
        "polls come at the predicted end, soon after it, and less often with age",
        arguments: [
            (0.0, nil, 2.0), (20, nil, 5), (1000, nil, 15), (5, 30, 30.05), (5, 0.2, 1), (5, 4000, 300), (5, -1, 1),
            (5, -20, 5), (5, -1000, 15),
        ] as [(Double, Double?, Double)])
    func pauses(age: Double, remaining: Double?, pause: Double) {
        let found = PollSchedule.pause(age: .seconds(age), remaining: remaining.map { .seconds($0) })
        #expect(abs(found.inSeconds - pause) < 0.001)
    }

    @Test("three hundred concurrent waits in one queue need few polls each")
    func longQueue() async {
        let runner = RecipeStage()
        let report = await runner.run(
            """
            local server = sp.find_server{ name = "www1" }
            local user = sp.ensure_sysuser{ serverid = server.id, name = "many" }
            local list = {}
            for i = 1, 300 do list[i] = "app" .. i end
            sp.each(list, function(name)
                local _, action = sp.create_app{ name = name, sysuserid = user.id, runtime = "php8.4" }
                sp.wait(action, { timeout = "20h" })
            end)
            """)
        #expect(report.failure == nil)
        let polls = report.requests.count { $0.contains("/actions/") }
        #expect(polls >= 300 && polls <= 300 * 12, "\(polls) polls")
    }
}
