import Synchronization

/// The cancellation of a coroutine, with the task in which the coroutine waits.
///
/// Any thread can use it.
final class Cancellation: Sendable {
    private let flag = Atomic(false)
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// Whether the coroutine must stop; once true, it stays true.
    ///
    /// The hook reads it while Lua computes.
    var isCancelled: Bool { flag.load(ordering: .acquiring) }

    /// Stops the coroutine: cancels its current operation, and makes Lua raise an error that scripts cannot catch.
    func cancel() {
        flag.store(true, ordering: .releasing)
        cancelOperation()
    }

    /// Cancels only the operation that the coroutine waits for now.
    func cancelOperation() {
        task.withLock { $0 }?.cancel()
    }

    /// Sets the task in which the coroutine waits from now on, and cancels it if the coroutine is cancelled.
    func attach(_ newTask: Task<Void, Never>) {
        task.withLock { $0 = newTask }
        if isCancelled { newTask.cancel() }
    }
}
