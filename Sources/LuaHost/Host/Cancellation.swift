import Synchronization

/// Whether one coroutine is to stop, and the task in which it waits.
///
/// Used from any thread.
final class Cancellation: Sendable {
    private let flag = Atomic(false)
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// Once true it stays true.
    ///
    /// Read by the hook while Lua computes.
    var isCancelled: Bool { flag.load(ordering: .acquiring) }

    /// Stops the coroutine: what it waits for is cancelled, and Lua raises what scripts cannot catch.
    func cancel() {
        flag.store(true, ordering: .releasing)
        cancelOperation()
    }

    /// Cancels only what the coroutine waits for now.
    func cancelOperation() {
        task.withLock { $0 }?.cancel()
    }

    /// The coroutine now waits in this task.
    func attach(_ newTask: Task<Void, Never>) {
        task.withLock { $0 = newTask }
        if isCancelled { newTask.cancel() }
    }
}
