internal import Synchronization

/// A limit on the number of requests in flight; further requests wait in the order of arrival.
///
/// AsyncHTTPClient counts the wait for a free connection as connecting, and would fail the thousandth waiting request
/// as unreachable. So requests wait here, without a timeout.
final class RequestGate: Sendable {
    private struct State {
        var free: Int
        var latest: UInt64 = 0
        /// The waiting requests by number, which is the order of arrival.
        ///
        /// `givenUp` holds the numbers of requests that were cancelled before they could be added here.
        var waiting: [(number: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
        var givenUp: Set<UInt64> = []
    }

    private let state: Mutex<State>

    init(places: Int) {
        state = Mutex(State(free: max(places, 1)))
    }

    /// The number of waiting requests, for tests.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Waits for a place; `leave()` returns it.
    ///
    /// - Throws: `CancellationError` if the task is cancelled while it waits; it then holds no place.
    func enter() async throws {
        let number = state.withLock { state -> UInt64? in
            guard state.free == 0 else {
                state.free -= 1
                return nil
            }
            state.latest += 1
            return state.latest
        }
        guard let number else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome = state.withLock { state -> Result<Void, any Error>? in
                    if state.givenUp.remove(number) != nil { return .failure(CancellationError()) }
                    // A place may have become free in the meantime.
                    if state.free > 0 {
                        state.free -= 1
                        return .success(())
                    }
                    // A request with a later number may already be waiting.
                    let place = state.waiting.lastIndex { $0.number < number }.map { $0 + 1 } ?? 0
                    state.waiting.insert((number, continuation), at: place)
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            giveUp(number)
        }
        state.withLock { _ = $0.givenUp.remove(number) }
    }

    /// Returns a place, which passes to the request that has waited longest.
    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume()
    }

    private func giveUp(_ number: UInt64) {
        let continuation = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard let index = state.waiting.firstIndex(where: { $0.number == number }) else {
                state.givenUp.insert(number)
                return nil
            }
            return state.waiting.remove(at: index).continuation
        }
        continuation?.resume(throwing: CancellationError())
    }
}
