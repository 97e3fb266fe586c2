/// Functions that run side by side on behalf of one call.
///
/// Used on the actor of the host only.
final class Batch {
    let calls: [LuaInvocation]
    let limit: Int
    let path: (Int) -> LuaCoroutinePath
    let cancellations: CancellationGroup
    private var next = 0
    private var active = 0
    private var results: [[LuaValue]]
    private var failure: LuaConcurrentFailure?
    /// Whether the loop that starts functions is on the stack.
    ///
    /// A function that ends at once must not start it again from inside.
    var isStarting = false
    /// Who waits for all to end.
    var waiter: CheckedContinuation<Void, Never>?

    init(
        _ calls: [LuaInvocation], limit: Int?, cancellations: CancellationGroup,
        path: @escaping (Int) -> LuaCoroutinePath
    ) {
        self.calls = calls
        self.limit = max(1, limit ?? calls.count)
        self.cancellations = cancellations
        self.path = path
        self.results = Array(repeating: [], count: calls.count)
    }

    /// Whether nothing runs and nothing is left to start.
    var isOver: Bool { active == 0 && !isStarting && !canStart }

    private var canStart: Bool {
        next < calls.count && active < limit && failure == nil && !cancellations.isCancelled
    }

    /// How it went, once it is over.
    var outcome: Result<[[LuaValue]], LuaConcurrentFailure> {
        if let failure { return .failure(failure) }
        guard next == calls.count else {  // cancelled from outside before all had started
            let error = LuaError(code: .cancelled, message: "cancelled")
            return .failure(LuaConcurrentFailure(index: next, error: error))
        }
        return .success(results)
    }

    /// The position of the next function to start; it counts as active from now on.
    func takeNext() -> Int? {
        guard canStart else { return nil }
        defer { next += 1 }
        active += 1
        return next
    }

    /// Records how a function ended.
    ///
    /// The first failure cancels the others.
    func end(_ index: Int, _ result: Result<[LuaValue], LuaError>) {
        active -= 1
        switch result {
        case .success(let values):
            results[index] = values
        case .failure(let error):
            guard failure == nil else { return }
            failure = LuaConcurrentFailure(index: index, error: error)
            cancellations.cancel()
        }
    }
}
