/// A call of an async host function that a coroutine waits for.
struct PendingOperation {
    let id: UInt64
    let body: HostFunction.Suspending
    let arguments: LuaArguments
    /// Which call of its coroutine it is, from 1.
    let number: Int
}
