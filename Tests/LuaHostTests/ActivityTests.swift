import LuaHost
import Synchronization
import Testing

/// Counts work, and whether the count ever fell to zero too early or below it.
final class ActivityCounter: HostActivity {
    private struct Counts {
        var open = 0
        var began = 0
        var least = 0
        var zeros = 0
    }
    private let counts = Mutex(Counts())

    func workBegan() {
        counts.withLock { counts in
            counts.open += 1
            counts.began += 1
        }
    }

    func workEnded() {
        counts.withLock { counts in
            counts.open -= 1
            counts.least = min(counts.least, counts.open)
            counts.zeros += counts.open == 0 ? 1 : 0
        }
    }

    var open: Int { counts.withLock { $0.open } }
    var began: Int { counts.withLock { $0.began } }
    var least: Int { counts.withLock { $0.least } }
    /// How often nothing was left to do.
    var zeros: Int { counts.withLock { $0.zeros } }
}

@Suite struct ActivityTests {
    @Test(
        arguments: [
            ("return 1", 1),
            ("syntax error", 1),
            ("error('x')", 1),
            ("t.wait()", 2),
            ("t.wait() t.wait() t.instant()", 4),
            ("t.wait() error('x')", 2),
            ("pcall(t.wait_fail) t.wait_fail()", 3),
            ("coroutine.wrap(function() t.wait() end)()", 2),
            ("t.all{}", 2),
            ("t.all{function() end}", 2),
            ("t.all{t.wait, t.instant, t.wait}", 6),  // run, all, three waits, all again
            ("t.all({t.wait, function() t.wait() t.wait() end, t.wait}, 2)", 7),
            ("t.all{t.wait, t.wait_fail, t.park}", 6),
            ("pcall(t.all, {t.park, t.fail}) t.wait()", 5),
            ("t.all{function() t.all{t.wait, t.wait} end, t.wait}", 8),
        ])
    func `work is counted exactly and nothing is over before the end`(source: String, began: Int) async throws {
        let counter = ActivityCounter()
        let host = try makeHost(activity: counter)
        _ = try? await host.run(source: source, name: "x.lua")
        // The last `ended` follows the wake-up of the run's caller, on the actor: ask the actor once more.
        _ = await host.statistics
        #expect(counter.open == 0)
        #expect(counter.least == 0)
        #expect(counter.began == began)
        #expect(counter.zeros == 1)
    }

    @Test func `an operation that waits for a clock lets the count fall to zero`() async throws {
        let counter = ActivityCounter()
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let sleeping = HostModule(
            name: "m",
            functions: [
                HostFunction(
                    "sleep",
                    async: { _ in
                        counter.workEnded()
                        for await _ in stream { break }
                        counter.workBegan()
                        return []
                    })
            ])
        let host = try makeHost(modules: [sleeping], activity: counter)
        async let result = host.run(source: "t.wait() t.all{ function() m.sleep() end, t.wait }", name: "x.lua")
        while counter.zeros == 0 { await Task.yield() }
        #expect(counter.open == 0)
        continuation.yield()
        _ = try await result
        _ = await host.statistics
        #expect(counter.open == 0)
        #expect(counter.least == 0)
        #expect(counter.zeros == 2)
    }

    @Test(arguments: ["t.park()", "t.all{t.park, t.park}", "while true do pcall(t.wait) end"])
    func `work is balanced after a cancel`(source: String) async throws {
        let counter = ActivityCounter()
        let host = try makeHost(activity: counter)
        let task = Task { try await host.run(source: source, name: "x.lua") }
        while counter.began < 2 { await Task.yield() }
        host.cancel()
        _ = try? await task.value
        _ = await host.statistics
        #expect(counter.open == 0)
        #expect(counter.least == 0)
    }
}
