/// Functions that run concurrently for a call.
///
/// Only the actor of the host uses it.
final class Batch {
    /// Receives the path of the coroutine of a function that started or ended.
    typealias Observer = @Sendable (_ path: LuaCoroutinePath, _ state: LuaItemState) -> Void

    let calls: [LuaInvocation]
    let limit: Int
    let path: (Int) -> LuaCoroutinePath
    let cancellations: CancellationGroup
    private let onChange: Observer
    /// The position of the next function to start, and the number of functions that run.
    private var (next, active) = (0, 0)
    private var results: [[LuaValue]]
    private var failure: LuaConcurrentFailure?
    /// Whether the loop that starts functions is on the stack.
    ///
    /// A function that ends at once must not start the loop again from inside it.
    var isStarting = false
    /// The caller that waits for all functions to end.
    var waiter: CheckedContinuation<Void, Never>?

    init(
        _ calls: [LuaInvocation], limit: Int?, cancellations: CancellationGroup, onChange: @escaping Observer,
        path: @escaping (Int) -> LuaCoroutinePath
    ) {
        self.calls = calls
        self.limit = max(1, limit ?? calls.count)
        self.cancellations = cancellations
        self.onChange = onChange
        self.path = path
        self.results = Array(repeating: [], count: calls.count)
    }

    /// Whether no function runs and no function remains to start.
    var isOver: Bool { active == 0 && !isStarting && !canStart }

    private var canStart: Bool {
        next < calls.count && active < limit && failure == nil && !cancellations.isCancelled
    }

    /// The results or the failure, once the batch is over.
    var outcome: Result<[[LuaValue]], LuaConcurrentFailure> {
        if let failure { return .failure(failure) }
        guard next == calls.count else {  // cancelled from outside before all had started
            let error = LuaError(code: .cancelled, message: "cancelled")
            return .failure(LuaConcurrentFailure(index: next, error: error))
        }
        return .success(results)
    }

    /// Whether the end of a function cannot start another.
    var startsNoMore: Bool { next == calls.count }

    /// Returns the positions of functions that can start now, at most `count`.
    func startable(_ count: Int) -> Range<Int> {
        guard canStart else { return next..<next }
        return next..<(next + min(count, limit - active, calls.count - next))
    }

    /// Counts the next function as active and returns its position.
    func start() -> Int {
        defer { next += 1 }
        active += 1
        onChange(path(next), .began)
        return next
    }

    /// Records the result of a function.
    ///
    /// The first failure cancels the others.
    func end(_ index: Int, _ result: Result<[LuaValue], LuaError>) {
        active -= 1
        switch result {
        case .success(let values):
            results[index] = values
            onChange(path(index), .returned)
        case .failure(let error):
            onChange(path(index), error.code == .cancelled ? .cancelled : .failed)
            guard failure == nil else { return }
            failure = LuaConcurrentFailure(index: index, error: error)
            cancellations.cancel()
        }
    }
}
