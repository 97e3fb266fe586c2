import Testing

@testable import ServerPilotClient

@Suite(.timeLimit(.minutes(5))) struct RequestGateTests {
    @Test("the gate never admits more tasks than places, admits every task, and loses no place to cancellation")
    func storm() async throws {
        let gate = RequestGate(places: 3)
        let inside = Locked((now: 0, most: 0))
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<2000 {
                group.addTask {
                    do { try await gate.enter() } catch { return }
                    inside.change { inside in
                        inside.now += 1
                        inside.most = max(inside.most, inside.now)
                    }
                    await Task.yield()
                    inside.change { $0.now -= 1 }
                    gate.leave()
                }
                if number == 1000 { group.cancelAll() }
            }
        }
        #expect(inside.value.now == 0)
        #expect(inside.value.most == 3)
        // All places are free again.
        for _ in 1...3 { try await gate.enter() }
    }

    @Test("waiting tasks enter in the order in which they arrived")
    func order() async throws {
        let gate = RequestGate(places: 1)
        let order = Locked<[Int]>([])
        try await gate.enter()
        var tasks: [Task<Void, any Error>] = []
        for number in 0..<20 {
            tasks.append(
                Task { @MainActor in
                    try await gate.enter()
                    order.change { $0.append(number) }
                    gate.leave()
                })
            // The next comes when this one waits; the suite's time limit bounds it.
            while gate.waitingCount <= number { await Task.yield() }
        }
        gate.leave()
        for task in tasks { try await task.value }
        #expect(order.value == Array(0..<20))
    }

    @Test("a task that is already cancelled does not wait and takes no place")
    func cancelledBefore() async throws {
        let gate = RequestGate(places: 1)
        try await gate.enter()
        let waiter = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await gate.enter()
        }
        await #expect(throws: CancellationError.self) { try await waiter.value }
        gate.leave()
        try await gate.enter()
    }
}
