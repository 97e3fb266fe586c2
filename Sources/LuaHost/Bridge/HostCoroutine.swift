import CLuaBridge

/// A Lua coroutine that Swift runs: a run itself, or a function that runs concurrently with others.
final class HostCoroutine {
    let handle: luabridge_handle
    let path: LuaCoroutinePath
    let cancellation: Cancellation
    /// The number of async calls that the coroutine has made.
    var calls = 0
    /// The number of sync calls that the coroutine has made.
    var immediateCalls = 0
    /// The id of the operation that the coroutine waits for; nil if it does not wait.
    var waitingFor: UInt64?
    /// The function to call on the actor, once, when the coroutine has ended after a wait.
    var finish: (Result<[LuaValue], LuaError>) -> Void = { _ in }

    init(handle: luabridge_handle, path: LuaCoroutinePath, cancellation: Cancellation) {
        self.handle = handle
        self.path = path
        self.cancellation = cancellation
    }
}
