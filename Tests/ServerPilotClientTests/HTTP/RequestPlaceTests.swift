import Testing

@testable import ServerPilotClient

@Suite(.timeLimit(.minutes(5))) struct RequestPlaceTests {
    @Test("a pacer never admits more tasks than places, admits every task, and loses no place to cancellation")
    func storm() async throws {
        let pacer = RequestPacer(time: SystemClock(), places: 3)
        let inside = Locked((now: 0, most: 0))
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<2000 {
                group.addTask {
                    guard let sent = await pacer.enter() else { return }
                    inside.change { inside in
                        inside.now += 1
                        inside.most = max(inside.most, inside.now)
                    }
                    await Task.yield()
                    inside.change { $0.now -= 1 }
                    pacer.leave(.normal, sent: sent)
                }
                if number == 1000 { group.cancelAll() }
            }
        }
        #expect(inside.value.now == 0)
        #expect(inside.value.most == 3)
        // All places are free again.
        for _ in 1...3 { #expect(await pacer.enter() != nil) }
    }

    @Test("waiting tasks enter in the order in which they arrived")
    func order() async throws {
        let pacer = RequestPacer(time: SystemClock(), places: 1)
        let order = Locked<[Int]>([])
        let first = try #require(await pacer.enter())
        var tasks: [Task<Void, any Error>] = []
        for number in 0..<20 {
            tasks.append(
                Task { @MainActor in
                    let sent = try #require(await pacer.enter())
                    order.change { $0.append(number) }
                    pacer.leave(.normal, sent: sent)
                })
            // The next comes when this one waits; the suite's time limit bounds it.
            while pacer.waitingCount <= number { await Task.yield() }
        }
        pacer.leave(.normal, sent: first)
        for task in tasks { try await task.value }
        #expect(order.value == Array(0..<20))
    }

    @Test("a task that is already cancelled does not wait and takes no place")
    func cancelledBefore() async throws {
        let pacer = RequestPacer(time: SystemClock(), places: 1)
        let first = try #require(await pacer.enter())
        let waiter = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await pacer.enter()
        }
        #expect(await waiter.value == nil)
        pacer.leave(.normal, sent: first)
        #expect(await pacer.enter() != nil)
    }
}
