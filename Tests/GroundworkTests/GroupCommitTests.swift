import Groundwork
import Synchronization
import Testing

@Suite("Group commits", .timeLimit(.minutes(1)))
struct GroupCommitTests {
    private struct Broken: Error {}

    /// A store whose writes wait until the test lets them go.
    private final class Disk: Sendable {
        private struct State {
            var batches: [[Int]] = []
            var failures = 0
            var isHeld = false
            var underWay = 0
        }

        private let state = Mutex(State())

        var batches: [[Int]] { state.withLock { $0.batches } }
        var isBusy: Bool { state.withLock { $0.underWay > 0 } }
        func fail(_ count: Int) { state.withLock { $0.failures = count } }
        func hold(_ isHeld: Bool) { state.withLock { $0.isHeld = isHeld } }

        func write(_ batch: [Int]) async throws(Broken) {
            let underWay = state.withLock { state in
                state.underWay += 1
                return state.underWay
            }
            #expect(underWay == 1)
            while state.withLock({ $0.isHeld }) { await Task.yield() }
            let fails = state.withLock { state in
                state.underWay -= 1
                guard state.failures == 0 else {
                    state.failures -= 1
                    return true
                }
                state.batches.append(batch)
                return false
            }
            if fails { throw Broken() }
        }
    }

    /// Counts calls.
    private final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func increment() { count.withLock { $0 += 1 } }
    }

    private static func commits(_ mode: GroupCommit<[Int], Broken>.Mode, to disk: Disk) -> GroupCommit<[Int], Broken> {
        GroupCommit(mode) {
            $0 += $1
        } write: { batch throws(Broken) in
            try await disk.write(batch)
        }
    }

    private static let modes: [GroupCommit<[Int], Broken>.Mode] = [.byCallers, .inBackground]

    @Test("changes that arrive during a commit go into the next commit, in numerical order", arguments: modes)
    private func sharing(mode: GroupCommit<[Int], Broken>.Mode) async throws {
        let disk = Disk()
        let commits = Self.commits(mode, to: disk)
        disk.hold(true)
        let first = Task { try await commits.commit([0]) { 0 } }
        while !disk.isBusy { await Task.yield() }
        let next = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...20 {
                group.addTask { try await commits.commit([number]) { next.increment() } }
            }
            while next.value < 20 { await Task.yield() }
            disk.hold(false)
            try await group.waitForAll()
        }
        _ = try await first.value
        #expect(disk.batches.count == 2)
        #expect(Set(disk.batches.joined()) == Set(0...20))
    }

    @Test("with commits by callers, an added change waits for the next commit; with background commits it does not")
    func adding() async throws {
        let disk = Disk()
        let commits = Self.commits(.byCallers, to: disk)
        #expect(commits.add([1]) { 7 } == 7)
        for _ in 0..<50 { await Task.yield() }
        #expect(disk.batches.isEmpty)
        #expect(try await commits.commit([2]) { 8 } == 8)
        #expect(disk.batches == [[1, 2]])
        let other = Disk()
        let background = Self.commits(.inBackground, to: other)
        background.add([1]) {}
        while other.batches.isEmpty { await Task.yield() }
        #expect(other.batches == [[1]])
    }

    @Test("with commits by callers, nothing is written after a failure")
    func stopping() async throws {
        let disk = Disk()
        let commits = Self.commits(.byCallers, to: disk)
        disk.fail(1)
        await #expect(throws: Broken.self) { try await commits.commit([1]) { 1 } }
        await #expect(throws: Broken.self) { try await commits.commit([2]) { 2 } }
        await #expect(throws: Broken.self) { try await commits.commit(nil) { nil as Int? } }
        #expect(commits.failure != nil && disk.batches.isEmpty)
    }

    @Test("with background commits, the changes of a failed commit are the first of the next commit")
    func keeping() async throws {
        let disk = Disk()
        let commits = Self.commits(.inBackground, to: disk)
        disk.fail(2)
        await #expect(throws: Broken.self) { try await commits.commit([1]) { 1 } }
        await #expect(throws: Broken.self) { try await commits.commit([2]) { 2 } }
        try await commits.commit(nil) { nil as Int? }
        #expect(disk.batches == [[1, 2]])
        try await commits.commit(nil) { nil as Int? }
        #expect(disk.batches.count == 1)
    }
}
