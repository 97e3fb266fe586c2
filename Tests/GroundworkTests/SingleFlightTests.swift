import Groundwork
import Synchronization
import Testing

@Suite("Single flight", .timeLimit(.minutes(1)))
struct SingleFlightTests {
    private struct Broken: Error {}

    /// The kept results, and how often the work was done.
    private final class Shelf: Sendable {
        let values = Mutex<[String: Int]>([:])
        let count = Mutex(0)
        let flights = SingleFlight<String>()

        func get(_ key: String, failures: Int = 0) async throws -> Int {
            try await flights.run(key) {
                values.withLock { $0[key] }
            } work: {
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                for _ in 0..<20 { await Task.yield() }
                guard number > failures else { throw Broken() }
                values.withLock { $0[key] = number }
                return number
            }
        }
    }

    @Test("concurrent callers get the same result")
    func once() async throws {
        let shelf = Shelf()
        let results = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 { group.addTask { try await shelf.get("a") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results == Array(repeating: 1, count: 50))
        #expect(try await shelf.get("a") == 1)
        #expect(try await shelf.get("b") == 2)
    }

    @Test("the caller whose work failed gets the error, and the next caller starts again")
    func failure() async throws {
        let shelf = Shelf()
        let failed = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<10 { group.addTask { (try? await shelf.get("a", failures: 3)) == nil } }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(failed == 3)
        #expect(shelf.count.withLock { $0 } == 4)
    }

    @Test("a cancelled caller stops waiting")
    func cancellation() async throws {
        let flights = SingleFlight<String>()
        let (stream, end) = AsyncStream<Void>.makeStream()
        let (began, begin) = AsyncStream<Void>.makeStream()
        let first = Task {
            try await flights.run("a", known: { nil }) { () -> Int in
                begin.finish()
                for await _ in stream {}
                return 1
            }
        }
        for await _ in began {}
        let second = Task { try await flights.run("a", known: { nil }) { 2 } }
        for _ in 0..<50 { await Task.yield() }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        end.finish()
        #expect(try await first.value == 1)
    }
}
