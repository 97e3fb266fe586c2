/// A call of an async host function, for whose result a coroutine waits.
///
/// A class, since it passes through many hands, each of which would otherwise retain every part of the arguments.
final class PendingOperation: Sendable {
    let id: UInt64
    let body: HostFunction.Suspending
    let arguments: LuaArguments
    /// The number of this call among the async calls of its coroutine, from 1.
    let number: Int

    init(id: UInt64, body: @escaping HostFunction.Suspending, arguments: LuaArguments, number: Int) {
        self.id = id
        self.body = body
        self.arguments = arguments
        self.number = number
    }
}
