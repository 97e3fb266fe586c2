import CLuaBridge

/// A slice as the bridge takes it.
struct EncodedSlice {
    enum Cause {
        case start(function: luabridge_handle)
        case result(of: UInt64, verdict: Int32)
    }

    let coroutine: HostCoroutine
    let cause: Cause
    /// The arguments or the reply; its bytes are valid until the next slice is encoded.
    let content: luabridge_reply
    /// Whether slices of other coroutines can follow if the coroutine returns.
    let endHasNoEffect: Bool
}
