internal import Groundwork
internal import Synchronization

/// A gate that passes a run's results to the program in the order in which they are recorded, live and on replay.
///
/// Concurrent coroutines see each other's results in the order of delivery. Shared tables, `math.random`, and the
/// choice of the failure that cancels the others depend on that order. So each result has a ticket, its position in the
/// record, and is delivered after all results before it. On replay, every new step waits until the whole record has
/// been delivered. If all coroutines wait and the next recorded step is not among them, the program has diverged.
final class ReplayGate: Sendable {
    private struct Waiter {
        let words: String
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        // Large: one lock guards the whole order of a run; parts of it would need to be locked together.
        /// The recorded results that have not been delivered, by ticket.
        var recorded: [Int: StepID]
        /// The steps with a recorded intent but no result that have not been reached.
        var intents: Set<StepID>
        /// The number of recorded results; new results have tickets from this number on.
        let count: Int
        /// The ticket to deliver next.
        var next = 0
        /// The ticket of the next new result.
        var fresh: Int
        var passed: Set<Int> = []
        var waiting: [Int: Waiter] = [:]
        var live: [(number: Int, waiter: Waiter)] = []
        var liveCount = 0
        /// The number of coroutines and operations that can make progress.
        var busy = 0
        var isOpen: Bool
        var isAbandoned = false
    }

    private let base: any TimeSource
    private let state: Mutex<State>
    private let onMissing: Mutex<@Sendable (StepID, String?) -> Bool> = Mutex { _, _ in false }

    /// Creates a gate.
    ///
    /// - Parameters:
    ///   - results: the steps with recorded results, in the order of the record, without those of functions that return
    ///     at once, which cannot wait.
    ///   - intents: the steps with an intent but no recorded outcome.
    ///   - base: the clock that is also notified of work.
    init(results: [StepID], intents: Set<StepID>, base: any TimeSource) {
        self.base = base
        let recorded = Dictionary(uniqueKeysWithValues: results.enumerated().map { ($0, $1) })
        state = Mutex(
            State(
                recorded: recorded, intents: intents, count: results.count, fresh: results.count,
                isOpen: results.isEmpty && intents.isEmpty))
    }

    /// Sets the handler for a recorded step that the run does not reach.
    ///
    /// The handler receives the step and a description of what came instead. It stops the run, or returns true if the
    /// step may be left out.
    func setOnMissing(_ body: @escaping @Sendable (StepID, String?) -> Bool) { onMissing.withLock { $0 = body } }

    // MARK: Tickets

    /// Returns the ticket of a result that is recorded now.
    func freshTicket() -> Int {
        state.withLock { state in
            defer { state.fresh += 1 }
            return state.fresh
        }
    }

    /// Waits until all results before that ticket were delivered; the caller then delivers its result without another
    /// wait.
    ///
    /// A cancelled task returns at once and lets others pass.
    ///
    /// - Parameters:
    ///   - ticket: the ticket of the result.
    ///   - words: a description of the result for people.
    func turn(_ ticket: Int, _ words: String) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isMine = state.withLock { state in
                    if state.isAbandoned || Task.isCancelled || ticket <= state.next { return true }
                    state.waiting[ticket] = Waiter(words: words, continuation: continuation)
                    state.busy -= 1
                    return false
                }
                guard !isMine else { return continuation.resume() }
                look()
                // The caller whose turn it is may pause on the clock, to retry a failed write.
                base.workEnded()
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
                guard let waiter = state.waiting.removeValue(forKey: ticket) else { return nil }
                state.busy += 1
                return waiter.continuation
            }
            waiter.map(wake)
        }
        pass(ticket)
    }

    /// Resumes a caller that waited for its turn.
    private func wake(_ waiter: CheckedContinuation<Void, Never>) {
        base.workBegan()
        waiter.resume()
    }

    /// Counts a ticket as delivered, even if earlier tickets are not.
    func pass(_ ticket: Int) {
        let (next, waiters, mayLook) = state.withLock { state in
            state.recorded[ticket] = nil
            if ticket >= state.next { state.passed.insert(ticket) }
            while state.passed.remove(state.next) != nil { state.next += 1 }
            let next = state.waiting.removeValue(forKey: state.next)?.continuation
            if next != nil { state.busy += 1 }
            return (next, Self.opened(&state), state.busy == 0)
        }
        next.map(wake)
        for waiter in waiters { waiter.resume() }
        if mayLook { look() }
    }

    // MARK: New steps

    /// Records that the step of an intent without an outcome was reached.
    func reached(_ step: StepID) {
        let waiters = state.withLock { state in
            state.intents.remove(step)
            return Self.opened(&state)
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Waits until the whole record has been delivered.
    ///
    /// A cancelled task returns at once.
    ///
    /// - Parameter words: a description of the new step for people.
    func admit(_ words: String) async {
        let number = state.withLock { $0.liveCount.increment() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    if state.isOpen || state.isAbandoned || Task.isCancelled { return true }
                    state.live.append((number, Waiter(words: words, continuation: continuation)))
                    state.busy -= 1
                    return false
                }
                if isOpen { continuation.resume() } else { look() }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                guard let index = state.live.firstIndex(where: { $0.number == number }) else { return nil }
                state.busy += 1
                return state.live.remove(at: index).waiter
            }
            waiter?.continuation.resume()
        }
    }

    private static func opened(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
        guard !state.isOpen, state.next >= state.count, state.intents.isEmpty else { return [] }
        state.isOpen = true
        return takeLive(&state)
    }

    private static func takeLive(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
        defer { state.live = [] }
        state.busy += state.live.count
        return state.live.map(\.waiter.continuation)
    }

    /// Ends all waits, because the run is stopped.
    func abandon() {
        let (waiting, live) = state.withLock { state in
            state.isAbandoned = true
            let waiting = state.waiting.sorted { $0.key < $1.key }.map(\.value.continuation)
            state.waiting = [:]
            state.busy += waiting.count
            return (waiting, Self.takeLive(&state))
        }
        for waiter in waiting { wake(waiter) }
        for waiter in live { waiter.resume() }
    }

    // MARK: Detecting divergence

    func workBegan() {
        state.withLock { $0.busy += 1 }
        base.workBegan()
    }

    func workEnded() {
        state.withLock { $0.busy -= 1 }
        look()
        base.workEnded()
    }

    /// Reports the next recorded step as missing if all coroutines wait.
    private func look() {
        let missing = state.withLock { state -> (step: StepID, ticket: Int?, instead: String?)? in
            guard state.busy <= 0, !state.isOpen, !state.isAbandoned,
                !state.waiting.isEmpty || !state.live.isEmpty
            else { return nil }
            let instead = state.live.first?.waiter.words ?? state.waiting.min { $0.key < $1.key }?.value.words
            if let step = state.recorded[state.next] { return (step, state.next, instead) }
            return state.intents.sorted { $0.description < $1.description }.first.map { ($0, nil, instead) }
        }
        guard let missing else { return }
        let mayBeLeftOut = onMissing.withLock { $0 }(missing.step, missing.instead)
        if mayBeLeftOut, let ticket = missing.ticket { pass(ticket) }
    }
}
