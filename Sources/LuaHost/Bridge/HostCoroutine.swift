import CLuaBridge

/// A Lua coroutine that Swift runs: a run itself, or a function that runs concurrently with others.
final class HostCoroutine {
    let path: LuaCoroutinePath
    let cancellation: Cancellation
    /// The functions that it runs concurrently with; nil for a run itself.
    let batch: Batch?
    /// The name of the coroutine in Lua; nil until its first slice has called a function or has waited.
    var handle: luabridge_handle?
    /// The number of async calls that the coroutine has made.
    var calls = 0
    /// The number of sync calls that the coroutine has made.
    var immediateCalls = 0
    /// The id of the operation that the coroutine waits for; nil if it does not wait.
    var waitingFor: UInt64?
    /// The task that waits for the next slice; nil if none does.
    var continuation: UnsafeContinuation<PendingOperation?, Never>?
    /// The function to call on the actor, once, when the coroutine has ended after a wait.
    var finish: (Result<[LuaValue], LuaError>) -> Void = { _ in }

    init(path: LuaCoroutinePath, cancellation: Cancellation, batch: Batch? = nil) {
        self.path = path
        self.cancellation = cancellation
        self.batch = batch
    }
}
