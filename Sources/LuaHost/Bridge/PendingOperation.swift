/// A call of an async host function, for whose result a coroutine waits.
struct PendingOperation {
    let id: UInt64
    let body: HostFunction.Suspending
    let arguments: LuaArguments
    /// The number of this call among the async calls of its coroutine, from 1.
    let number: Int
}
