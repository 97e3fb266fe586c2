import CLuaBridge

/// A Lua coroutine that Swift runs: a run, or one of several functions side by side.
final class HostCoroutine {
    let handle: luabridge_handle
    let path: LuaCoroutinePath
    let cancellation: Cancellation
    /// How many async host functions it has called.
    var calls = 0
    /// How many host functions that return at once it has called.
    var immediateCalls = 0
    /// The id of the operation that it waits for.
    var waitingFor: UInt64?
    /// Called once, on the actor, when it has ended after a wait.
    var finish: (Result<[LuaValue], LuaError>) -> Void = { _ in }

    init(handle: luabridge_handle, path: LuaCoroutinePath, cancellation: Cancellation) {
        self.handle = handle
        self.path = path
        self.cancellation = cancellation
    }
}
