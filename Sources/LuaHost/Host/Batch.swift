/// Functions that run concurrently for a call.
///
/// Only the actor of the host uses it.
final class Batch {
    // Large: it is the state of one call that runs functions.
    /// Receives the path of the coroutine of a function that started or ended.
    typealias Observer = @Sendable (_ path: LuaCoroutinePath, _ state: LuaItemState) -> Void

    let calls: [LuaInvocation]
    private let limit: Int
    /// Whether the failure of a function leaves the others running.
    let collects: Bool
    let path: (Int) -> LuaCoroutinePath
    let cancellations: CancellationGroup
    private let onChange: Observer
    private var queue: BatchQueue
    /// The number of functions that run.
    private var active = 0
    private var results: [Result<[LuaValue], LuaError>?]
    private var failure: LuaConcurrentFailure?
    private var parked: ParkedFunctions
    /// Whether the loop that starts functions is on the stack.
    ///
    /// A function that ends at once must not start the loop again from inside it.
    var isStarting = false
    /// The caller that waits for all functions to end.
    var waiter: CheckedContinuation<Void, Never>?

    init(
        _ calls: [LuaInvocation], _ order: LuaConcurrency, cancellations: CancellationGroup,
        onChange: @escaping Observer, path: @escaping (Int) -> LuaCoroutinePath
    ) {
        self.calls = calls
        limit = max(1, order.limit ?? calls.count)
        collects = order.collectsFailures
        parked = ParkedFunctions(lanes: order.lanes)
        queue = BatchQueue(calls.count, lanes: order.lanes)
        self.cancellations = cancellations
        self.onChange = onChange
        self.path = path
        self.results = Array(repeating: nil, count: calls.count)
    }

    /// Whether no function runs and no function remains to start.
    var isOver: Bool { active == 0 && parked.isEmpty && !isStarting && !canStart }

    private var canStart: Bool {
        queue.readyCount > 0 && active < limit && failure == nil && !cancellations.isCancelled
    }

    /// The results or the failure, once the batch is over.
    var outcome: Result<[Result<[LuaValue], LuaError>], LuaConcurrentFailure> {
        if let failure { return .failure(failure) }
        if let missing = results.firstIndex(where: { $0 == nil }) {  // cancelled from outside before all had started
            let error = LuaError(code: .cancelled, message: "cancelled")
            return .failure(LuaConcurrentFailure(index: missing, error: error))
        }
        return .success(results.compactMap(\.self))
    }

    /// Whether the end of a function cannot start another.
    var startsNoMore: Bool { queue.count == 0 && parked.isEmpty }

    /// Returns the positions of functions that can start now, at most `count`.
    func startable(_ count: Int) -> ArraySlice<Int> {
        guard canStart else { return [] }
        return queue.first(min(count, limit - active))
    }

    /// Counts the next function as active and returns its position.
    func start() -> Int {
        let index = queue.take()
        active += 1
        onChange(path(index), .began)
        return index
    }

    /// Records the result of a function.
    ///
    /// The first failure cancels the others, unless the batch collects failures. The limits of the host end all.
    func end(_ index: Int, _ result: Result<[LuaValue], LuaError>) {
        leave(index)
        results[index] = result
        switch result {
        case .success: onChange(path(index), .returned)
        case .failure(let error):
            onChange(path(index), error.code == .cancelled ? .cancelled : .failed)
            guard failure == nil, !collects || [.cancelled, .cpuBudget, .memory].contains(error.code) else { return }
            failure = LuaConcurrentFailure(index: index, error: error)
            cancellations.cancel()
        }
    }

    // MARK: Giving way

    /// Puts a function that runs behind all others; it counts as ended until it goes on.
    func park(_ index: Int, _ continuation: CheckedContinuation<Void, Never>) {
        if !parked.contains(index) { leave(index) }
        parked.add(index, continuation)
    }

    /// Lets the parked function that is next go on, if it can.
    ///
    /// - Returns: Whether one goes on.
    func unparkNext() -> Bool {
        guard failure == nil, !cancellations.isCancelled, queue.count == 0, active < limit,
            let waiting = parked.takeNext(othersRun: active > 0)
        else { return false }
        unpark(waiting)
        return true
    }

    /// Lets a function go on before its turn, because it was cancelled.
    ///
    /// - Returns: Whether it was parked.
    func unparkCancelled(_ index: Int) -> Bool {
        guard parked.contains(index) else { return false }
        unpark(parked.take(index))
        return true
    }

    private func unpark(_ waiting: [CheckedContinuation<Void, Never>]) {
        active += 1
        for continuation in waiting { continuation.resume() }
    }

    /// Counts a function as ended.
    private func leave(_ index: Int) {
        active -= 1
        queue.end(index)
        parked.end(index)
    }
}
