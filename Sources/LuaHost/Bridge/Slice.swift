/// A piece of work of a coroutine, until it waits, returns or fails.
struct Slice {
    /// The reason why a coroutine runs.
    enum Cause {
        /// It starts with a call of a function.
        case start(LuaInvocation)
        /// The operation with this id, for which it waits, has ended.
        case result(Result<[LuaValue], any Error>, of: UInt64)
    }

    let coroutine: HostCoroutine
    let cause: Cause
}
