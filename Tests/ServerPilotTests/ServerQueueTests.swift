import Groundwork
@testable import ServerPilot
import Testing

@Suite("Predicting the end of actions")
struct ServerQueueTests {
    private let start = Timestamp(epochSeconds: 1000)

    private func after(_ seconds: Double) -> Timestamp { start + .seconds(seconds) }

    /// Returns the seconds from the start to the next look at an action.
    private func look(_ forecast: inout ActionForecast, _ id: ActionID, on server: String = "s", now: Double = 0)
        -> Double?
    {
        forecast.nextLook(at: id, on: server, now: after(now)).map { (($0 - start).inSeconds * 1000).rounded() / 1000 }
    }

    /// A forecast in which actions of create_app took 20 seconds, with a spread of 2.
    private func experienced() -> ActionForecast {
        var forecast = ActionForecast(
            ActionDurations(["create_app": .init(count: 12, mean: 20, variance: 4)]))
        forecast.queued("old", "create_app", on: "other", at: after(-20))
        forecast.seenOpen("old", on: "other", at: after(-5))
        return forecast
    }

    @Test("the first action of an unknown operation is looked at early, on one server")
    func unknown() {
        var forecast = ActionForecast()
        for server in ["s", "t"] { forecast.queued(ActionID(server), "create_app", on: server, at: start) }
        #expect(look(&forecast, "s") == 4)
        #expect(look(&forecast, "t", on: "t") == 5)
        #expect(look(&forecast, "nothing") == nil)
    }

    @Test("what an earlier program learned is checked early, once")
    func earlierRun() {
        var forecast = ActionForecast(ActionDurations(["create_app": .init(count: 12, mean: 20, variance: 4)]))
        forecast.queued("a", "create_app", on: "s", at: start)
        #expect(look(&forecast, "a") == 8)
        forecast.seenOpen("a", on: "s", at: after(8.5))
        #expect(look(&forecast, "a") == 17)
    }

    @Test("the last action of a queue is looked at from before its predicted end, after each tenth of its age")
    func last() {
        var forecast = experienced()
        forecast.queued("a", "create_app", on: "s", at: start)
        #expect(look(&forecast, "a") == 18)
        forecast.seenOpen("a", on: "s", at: after(18))
        // Just after the predicted end, not just before.
        #expect(look(&forecast, "a") == 20.1)
        forecast.seenOpen("a", on: "s", at: after(20.1))
        #expect(look(&forecast, "a") == 22.11)
        forecast.seenOpen("a", on: "s", at: after(30))
        #expect(look(&forecast, "a") == 33)
        forecast.seenOpen("a", on: "s", at: after(2000))
        #expect(look(&forecast, "a") == 2020)
    }

    @Test("an action with others behind it is looked at once it has almost certainly ended")
    func others() {
        var forecast = experienced()
        for id in ["a", "b", "c"] { forecast.queued(ActionID(id), "create_app", on: "s", at: start) }
        #expect(look(&forecast, "a") == 27.2)
        forecast.seenOpen("a", on: "s", at: after(27.2))
        #expect(look(&forecast, "a") == 43.2)
    }

    @Test("a look at the first action comes before the server could run out of work")
    func dry() {
        var forecast = ActionForecast(
            ActionDurations([
                "create_app": .init(count: 12, mean: 20, variance: 100),
                "create_db": .init(count: 12, mean: 1, variance: 0),
            ]))
        forecast.queued("old", "create_app", on: "other", at: after(-40))
        forecast.seenOpen("old", on: "other", at: after(-1))
        forecast.queued("a", "create_app", on: "s", at: start)
        forecast.queued("b", "create_db", on: "s", at: start)
        // It ends at 20 with a spread of 10; all work together ends at 21, with nearly the same spread.
        #expect(look(&forecast, "a") == 10.999)
    }

    @Test("the end of an action implies the end of earlier actions, and the start of the next")
    func laterEndsEarlier() {
        var forecast = experienced()
        for id in ["a", "b", "c"] { forecast.queued(ActionID(id), "create_app", on: "s", at: start) }
        forecast.seenOpen("b", on: "s", at: after(39.5))
        forecast.ended("b", on: "s", at: after(40.5))
        #expect(look(&forecast, "a") == nil)
        #expect(forecast.open.contains(["c"]))
        let next = look(&forecast, "c") ?? 0
        #expect(abs(next - 58) < 0.6, "\(next)")
    }

    @Test("after an action that ended early, the next one is looked at once")
    func ahead() {
        var forecast = experienced()
        for id in ["a", "b", "c"] { forecast.queued(ActionID(id), "create_app", on: "s", at: start) }
        forecast.ended("a", on: "s", at: after(2))
        #expect(look(&forecast, "b", now: 2.1) == 2.1)
        forecast.seenOpen("b", on: "s", at: after(2.1))
        #expect((look(&forecast, "b") ?? 0) > 4)
    }

    @Test("an action that an earlier process queued is looked at once, and teaches nothing")
    func earlierProcess() {
        var forecast = experienced()
        let known = forecast.durations
        forecast.queued("a", "create_app", on: "s", at: after(-3600), isEarlier: true)
        #expect(look(&forecast, "a", now: 5) == 5)
        forecast.ended("a", on: "s", at: after(5))
        #expect(forecast.durations == known)
    }

    @Test("a long queue is looked at in time, even if its prediction is hours away")
    func longQueue() {
        var forecast = experienced()
        for number in 1...3000 { forecast.queued(ActionID("\(number)"), "create_app", on: "s", at: start) }
        #expect(look(&forecast, "3000", now: 0) == 300)
        for number in 1...2999 { forecast.ended(ActionID("\(number)"), on: "s", at: after(Double(number) * 20)) }
        #expect(forecast.open.contains(["3000"]))
    }

    @Test("durations of other servers that are many times shorter or longer than known are learned from few actions")
    func surprise() {
        for duration in [0.5, 800] {
            var forecast = experienced()
            var now = 0.0
            for number in 1...8 {
                let id = ActionID("\(number)")
                forecast.queued(id, "create_app", on: "s", at: after(now))
                let end = now + duration
                while let next = look(&forecast, id, now: now) {
                    now = max(next, now)
                    if now < end {
                        forecast.seenOpen(id, on: "s", at: after(now))
                    } else {
                        forecast.ended(id, on: "s", at: after(now))
                    }
                }
                now += 1
            }
            let mean = forecast.durations.estimate("create_app").mean
            #expect(mean > duration / 2 && mean < max(duration * 2, 2), "\(duration): \(mean)")
        }
    }

    @Test("one action that takes long is an exception, and two in a row are not")
    func exception() {
        var durations = ActionDurations(["create_app": .init(count: 12, mean: 20, variance: 4)])
        durations.learn("create_app", 90)
        #expect(durations.estimate("create_app").mean == 20.5)
        durations.learn("create_app", 20)
        durations.learn("create_app", 90)
        #expect(durations.estimate("create_app").mean < 21.5)
        durations.learn("create_app", 90)
        #expect(durations.estimate("create_app").mean > 50)
    }
}
