import Groundwork
import ServerPilotSimulator
import SprunTesting
import Synchronization
import Testing

@Suite("VirtualClock", .timeLimit(.minutes(5)))
struct VirtualClockTests {
    let clock = VirtualClock(now: Timestamp(epochSeconds: 1000))

    /// Notes in order, behind its own lock.
    final class Notes: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    /// A count and the most that it ever was, behind its own lock.
    final class Gauge: Sendable {
        private let counts = Mutex((now: 0, most: 0))
        var most: Int { counts.withLock { $0.most } }
        func change(by difference: Int) {
            counts.withLock { counts in
                counts.now += difference
                counts.most = max(counts.most, counts.now)
            }
        }
    }

    /// Starts a counted task that goes through the steps, and waits until it sleeps for the first time.
    private func start(_ name: String, _ durations: [Int], into notes: Notes, in group: inout TaskGroup<Void>) async {
        clock.workBegan()
        let before = clock.sleepers
        group.addTask {
            for duration in durations {
                try? await clock.sleep(for: .seconds(duration))
                notes.add("\(name)@\(clock.now.epochSeconds - 1000)")
            }
            clock.workEnded()
        }
        while clock.sleepers == before { await Task.yield() }
    }

    @Test("time jumps to the earliest deadline once all tasks wait, and sleepers wake in the order of deadlines")
    func order() async {
        let notes = Notes()
        clock.workBegan()
        await withTaskGroup(of: Void.self) { group in
            await start("a", [30, 30], into: notes, in: &group)
            await start("b", [10, 10, 10, 5], into: notes, in: &group)
            await start("c", [25], into: notes, in: &group)
            #expect(clock.now == Timestamp(epochSeconds: 1000), "somebody still works")
            clock.workEnded()
        }
        #expect(notes.all == ["b@10", "b@20", "c@25", "a@30", "b@30", "b@35", "a@60"])
        #expect(clock.work == 0)
        #expect(clock.sleepers == 0)
    }

    @Test("sleepers with the same deadline wake in the order in which they fell asleep")
    func ties() async {
        let notes = Notes()
        clock.workBegan()
        await withTaskGroup(of: Void.self) { group in
            for name in ["a", "b", "c", "d", "e"] { await start(name, [7], into: notes, in: &group) }
            clock.workEnded()
        }
        #expect(notes.all == ["a@7", "b@7", "c@7", "d@7", "e@7"])
    }

    @Test("one sleeper wakes at a time: the next sleeps until the first has finished its work")
    func oneAtATime() async throws {
        let running = Gauge()
        clock.workBegan()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                clock.workBegan()
                let before = clock.sleepers
                group.addTask {
                    try? await clock.sleep(for: .seconds(1))
                    running.change(by: 1)
                    for _ in 0..<5 { await Task.yield() }
                    running.change(by: -1)
                    clock.workEnded()
                }
                while clock.sleepers == before { await Task.yield() }
            }
            clock.workEnded()
        }
        #expect(running.most == 1)
    }

    @Test("an uncounted task can sleep repeatedly")
    func uncounted() async throws {
        for expected in [1005, 1010, 1015] {
            try await clock.sleep(for: .seconds(5))
            #expect(clock.now == Timestamp(epochSeconds: Int64(expected)))
        }
        #expect(clock.work == 0)
    }

    @Test("counted work continues after an uncounted task has slept")
    func uncountedThenCounted() async throws {
        try await clock.sleep(for: .seconds(5))
        let notes = Notes()
        clock.workBegan()
        await withTaskGroup(of: Void.self) { group in
            await start("a", [3, 3], into: notes, in: &group)
            clock.workEnded()
        }
        #expect(notes.all == ["a@8", "a@11"])
    }

    @Test("a sleep of zero or less yields to other tasks and takes no time")
    func noTime() async throws {
        try await clock.sleep(for: .seconds(-5))
        try await clock.sleep(for: .zero)
        #expect(clock.now == Timestamp(epochSeconds: 1000))
    }

    @Test("a cancelled sleeper throws at once, its work is counted again, and the time does not change")
    func cancellation() async {
        clock.workBegan()
        clock.workBegan()
        let task = Task {
            defer { clock.workEnded() }
            try await clock.sleep(for: .seconds(60))
        }
        while clock.sleepers == 0 { await Task.yield() }
        #expect(clock.work == 1)
        task.cancel()
        let result = await task.result
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(clock.sleepers == 0)
        #expect(clock.work == 1)
        #expect(clock.now == Timestamp(epochSeconds: 1000))
        clock.workEnded()
        #expect(clock.work == 0)
    }

    @Test("a task that is cancelled before it sleeps throws, and the count does not change")
    func cancelledBefore() async {
        clock.workBegan()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await clock.sleep(for: .seconds(60))
        }
        task.cancel()
        let result = await task.result
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(clock.work == 1)
        #expect(clock.now == Timestamp(epochSeconds: 1000))
    }

    @Test("an end without a beginning is ignored")
    func unbalanced() {
        clock.workEnded()
        #expect(clock.work == 0)
        clock.workBegan()
        #expect(clock.work == 1)
    }

    @Test("thousands of sleepers that are cancelled and woken at random leave a balanced count", arguments: [2000])
    func manySleepers(count: Int) async {
        var random = SeededRandom(seed: TestRandom.seed())
        clock.workBegan()
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<count {
                let duration = Duration.milliseconds(Int64.random(in: 0...5000, using: &random))
                clock.workBegan()
                let task = Task {
                    defer { clock.workEnded() }
                    try await clock.sleep(for: duration)
                }
                if index.isMultiple(of: 3) { task.cancel() }
                group.addTask { _ = await task.result }
            }
            clock.workEnded()
        }
        #expect(clock.work == 0)
        #expect(clock.sleepers == 0)
        #expect(clock.now <= Timestamp(epochSeconds: 1005))
    }
}
