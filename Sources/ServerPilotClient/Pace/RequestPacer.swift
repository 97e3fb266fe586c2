internal import Groundwork
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// Lets the requests of a run pass at its pace: at most so many in flight, and fair between lanes.
///
/// A lane is a coroutine of the recipe, for example. If requests wait, each lane sends one in turn, so that a lane with a
/// thousand requests does not hold up a lane with one.
final class RequestPacer: Sendable {
    private struct State {
        var pace: RequestPace
        var free: Int
        var count: UInt64 = 0
        /// The waiting requests, by lane; the first lane is next.
        var lanes = OrderedDictionary<Int, [(number: UInt64, continuation: CheckedContinuation<Timestamp?, Never>)]>()
        /// Whether a task waits for the time of the next request.
        var isTimed = false
    }

    private let time: any TimeSource
    private let state: Mutex<State>

    /// Creates a pacer.
    ///
    /// - Parameters:
    ///   - time: the clock.
    ///   - rate: the most requests a second; `nil` for no limit.
    ///   - places: the most requests in flight.
    init(time: any TimeSource, rate: Double? = nil, places: Int = .max) {
        self.time = time
        state = Mutex(State(pace: RequestPace(rate: rate), free: max(places, 1)))
    }

    /// The number of waiting requests, for tests.
    var waitingCount: Int { state.withLock { $0.lanes.values.reduce(0) { $0 + $1.count } } }

    /// Waits until a request may be sent; `leave` must follow.
    ///
    /// - Returns: the time at which it is sent; `nil` if the task was cancelled while it waited.
    func enter() async -> Timestamp? {
        let now = time.steady
        let number = state.withLock { state -> UInt64? in
            guard state.lanes.isEmpty, state.free > 0, state.pace.next(now: now) <= now else {
                state.count += 1
                return state.count
            }
            state.free -= 1
            state.pace.sends(at: now)
            return nil
        }
        guard let number else { return now }
        let lane = RequestLane.current
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isCancelled = state.withLock { state in
                    // A task that was cancelled before this line is not found by its cancellation handler.
                    guard !Task.isCancelled else { return true }
                    state.lanes[lane, default: []].append((number, continuation))
                    return false
                }
                if isCancelled { return continuation.resume(returning: nil) }
                letPass()
                time.workEnded()
            }
        } onCancel: {
            let continuation = state.withLock { state -> CheckedContinuation<Timestamp?, Never>? in
                guard let index = state.lanes[lane]?.firstIndex(where: { $0.number == number }) else { return nil }
                let continuation = state.lanes[lane]?.remove(at: index).continuation
                if state.lanes[lane]?.isEmpty == true { state.lanes[lane] = nil }
                return continuation
            }
            guard let continuation else { return }
            time.workBegan()
            continuation.resume(returning: nil)
        }
    }

    /// Notes the end of a request, and lets others pass.
    func leave(_ outcome: RequestPace.Outcome, sent: Timestamp) {
        state.withLock { state in
            state.free += 1
            state.pace.ended(outcome, sent: sent, at: time.steady)
        }
        letPass()
    }

    /// Lets all requests pass whose time has come, and waits for the time of the next one.
    private func letPass() {
        passDue()
        let isNeeded = state.withLock { state in
            guard !state.isTimed, !state.lanes.isEmpty, state.free > 0 else { return false }
            state.isTimed = true
            return true
        }
        guard isNeeded else { return }
        time.workBegan()
        Task { [self] in
            // Ends when no request waits, or when the end of a request decides who is next.
            while let pause = state.withLock({ untilNext(&$0) }) {
                try? await time.sleep(for: pause)
                passDue()
            }
            time.workEnded()
        }
    }

    private func passDue() {
        while true {
            let now = time.steady
            guard let next = state.withLock({ take(&$0, now) }) else { return }
            time.workBegan()
            next.resume(returning: now)
        }
    }

    /// Returns the next request that may pass now, of the lane that has waited longest.
    private func take(_ state: inout State, _ now: Timestamp) -> CheckedContinuation<Timestamp?, Never>? {
        guard state.free > 0, state.pace.next(now: now) <= now, let lane = state.lanes.keys.first,
            var requests = state.lanes.removeValue(forKey: lane)
        else { return nil }
        let next = requests.removeFirst()
        if !requests.isEmpty { state.lanes[lane] = requests }
        state.free -= 1
        state.pace.sends(at: now)
        return next.continuation
    }

    /// Returns the time until the next request may pass; `nil` if none waits for a time.
    private func untilNext(_ state: inout State) -> Duration? {
        guard !state.lanes.isEmpty, state.free > 0 else {
            state.isTimed = false
            return nil
        }
        let now = time.steady
        return state.pace.next(now: now) - now
    }
}
