internal import LuaHost
internal import Synchronization

/// Lets the results of a run reach Lua in the order in which they were written down, live and on replay.
///
/// Coroutines that run side by side see each other's results in the order of their delivery: a shared table, `math.random`
/// and which failure cuts off the others depend on it. So each result has a ticket, its place in the record, and is
/// delivered when all before it were. On replay everything new waits until the record has been given back whole; when
/// all coroutines wait and the next recorded step is not among them, the recipe has gone another way.
final class ReplayGate: HostActivity {
    private struct Waiter {
        let words: String
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        /// Recorded results that were not delivered yet, by their tickets.
        var recorded: [Int: StepID]
        /// Recorded intents without a result whose steps were not reached yet.
        var intents: Set<StepID>
        /// How many recorded results there are; tickets from here on are of new ones.
        let count: Int
        /// The ticket that is delivered next.
        var next = 0
        /// The ticket that the next new result gets.
        var fresh: Int
        var passed: Set<Int> = []
        var waiting: [Int: Waiter] = [:]
        var live: [(number: Int, waiter: Waiter)] = []
        var liveCount = 0
        /// Coroutines that make progress, and operations that do.
        var busy = 0
        var isOpen: Bool
        var isAbandoned = false
    }

    private let base: any HostActivity
    private let state: Mutex<State>
    private let onMissing: Mutex<@Sendable (StepID, String?) -> Bool> = Mutex { _, _ in false }

    /// - Parameters:
    ///   - results: the steps with recorded results, in the order of the record; without those of functions that return
    ///     at once, which cannot wait.
    ///   - intents: the steps whose outcome is not recorded.
    ///   - base: what is told of work too.
    init(results: [StepID], intents: Set<StepID>, base: any HostActivity) {
        self.base = base
        let recorded = Dictionary(uniqueKeysWithValues: results.enumerated().map { ($0, $1) })
        state = Mutex(
            State(
                recorded: recorded, intents: intents, count: results.count, fresh: results.count,
                isOpen: results.isEmpty && intents.isEmpty))
    }

    /// Says whom to ask about a recorded step that is not reached: it gets the step and what came instead, stops the run,
    /// or answers that the step may be left out.
    func setOnMissing(_ body: @escaping @Sendable (StepID, String?) -> Bool) { onMissing.withLock { $0 = body } }

    // MARK: Tickets

    /// The ticket of a result that is written down now.
    func freshTicket() -> Int {
        state.withLock { state in
            defer { state.fresh += 1 }
            return state.fresh
        }
    }

    /// Waits until all results before that one were delivered; the caller delivers it without another wait.
    ///
    /// A task that is cancelled lets others pass and returns at once.
    ///
    /// - Parameters:
    ///   - ticket: its ticket.
    ///   - words: what it is the result of, for people.
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
                // Whoever is to be waited for may pause on the clock: to write again what could not be written.
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

    /// Lets a caller that waited for its turn go on.
    private func wake(_ waiter: CheckedContinuation<Void, Never>) {
        base.workBegan()
        waiter.resume()
    }

    /// Counts a ticket as delivered, though not all before it may be.
    func pass(_ ticket: Int) {
        let (next, waiters, mayLook) = state.withLock {
            state -> (
                CheckedContinuation<Void, Never>?, [CheckedContinuation<Void, Never>], Bool
            ) in
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

    // MARK: What is new

    /// A recorded intent's step was reached.
    func reached(_ step: StepID) {
        let waiters = state.withLock { state in
            state.intents.remove(step)
            return Self.opened(&state)
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Waits until all that is recorded has been given back.
    ///
    /// A task that is cancelled returns at once.
    ///
    /// - Parameter words: what is new, for people.
    func admit(_ words: String) async {
        let number = state.withLock { state in
            state.liveCount += 1
            return state.liveCount
        }
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

    /// The run is stopped: nobody waits any more.
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

    // MARK: When all wait

    func workBegan() {
        state.withLock { $0.busy += 1 }
        base.workBegan()
    }

    func workEnded() {
        state.withLock { $0.busy -= 1 }
        look()
        base.workEnded()
    }

    /// Where everybody waits, the step that is next will not come.
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
