internal import Synchronization

/// Does work once for all callers that ask for the same key while it is being done.
///
/// The first caller does the work in its own task, so that a run takes its turns in the same order each time. The
/// others wait, and look again when it has ended, in the order of their arrival. If the work failed, the next of them
/// does it. The caller keeps the results: `SingleFlight` keeps nothing once the work has ended.
package final class SingleFlight<Key: Hashable & Sendable>: Sendable {
    private struct Waiter {
        let number: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        /// The callers that wait, for each key whose work is being done.
        var waiters: [Key: [Waiter]] = [:]
        var count = 0
    }

    private let time: (any TimeSource)?
    private let state = Mutex(State())

    /// Creates an instance for which nothing is being done.
    ///
    /// - Parameter time: The clock to notify of callers that wait; `nil` if waiting callers count as working.
    package init(time: (any TimeSource)? = nil) { self.time = time }

    /// Returns the known value of a key, or does the work for it.
    ///
    /// - Parameters:
    ///   - key: The name of the work.
    ///   - known: Returns the kept result; `nil` if there is none.
    ///   - work: Does the work and keeps its result.
    /// - Returns: The known value, or the result of the work.
    /// - Throws: The errors of `work` to the caller that did it; `CancellationError` to a waiting caller.
    package func run<Value>(
        _ key: Key, known: () -> Value?, work: () async throws -> Value
    ) async throws -> Value {
        // Each iteration waits for the end of another caller's work.
        while true {
            if let value = known() { return value }
            if begin(key) {
                defer { end(key) }
                // Another caller may have done the work since `known` returned.
                if let value = known() { return value }
                return try await work()
            }
            await wait(for: key)
            try Task.checkCancellation()
        }
    }

    private func begin(_ key: Key) -> Bool {
        state.withLock { state in
            guard state.waiters[key] == nil else { return false }
            state.waiters[key] = []
            return true
        }
    }

    private func end(_ key: Key) {
        for waiter in state.withLock({ $0.waiters.removeValue(forKey: key) }) ?? [] { resume(waiter) }
    }

    /// Returns when the work for a key has ended, or when the task is cancelled.
    private func wait(for key: Key) async {
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    // A task that was cancelled before this line is not found by its cancellation handler.
                    guard state.waiters[key] != nil, !Task.isCancelled else { return true }
                    state.waiters[key]?.append(Waiter(number: number, continuation: continuation))
                    return false
                }
                if isOver { continuation.resume() } else { time?.workEnded() }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                guard let index = state.waiters[key]?.firstIndex(where: { $0.number == number }) else { return nil }
                return state.waiters[key]?.remove(at: index)
            }
            waiter.map(resume)
        }
    }

    private func resume(_ waiter: Waiter) {
        time?.workBegan()
        waiter.continuation.resume()
    }
}
