/// The path of a coroutine in the tree of coroutines that the host runs.
///
/// Two runs of the same script give their coroutines the same paths, in whatever order waits end. So a path and
/// ``LuaCall/number`` identify a call for a journal. Coroutines that a script makes have no path: they run inside a
/// coroutine of the host.
///
/// ```swift
/// let step = HostFunction("step", async: { call in
///     print("\(call.path):\(call.number)")  // /3.1.0:2, the same in every run of the script
///     return []
/// })
/// ```
public struct LuaCoroutinePath: Sendable, Hashable, CustomStringConvertible {
    /// The steps from the run down to this coroutine; empty for the run itself.
    public let steps: [Step]

    /// A step to the next level of the tree.
    public struct Step: Sendable, Hashable {
        /// The ``LuaCall/number`` of the call in the parent that started this coroutine.
        public let call: Int
        /// The number of the ``LuaCall/concurrently(_:limit:onChange:)`` within that call, from 1.
        public let batch: Int
        /// The position in that batch, from 0.
        public let index: Int
    }

    /// The path of the run itself.
    public static let root = LuaCoroutinePath(steps: [])

    /// `/` for the run; `/3.1.0/2.1.7` for the eighth coroutine of call 2 of the first coroutine of call 3.
    public var description: String {
        steps.isEmpty ? "/" : steps.map { "/\($0.call).\($0.batch).\($0.index)" }.joined()
    }

    func child(call: Int, batch: Int, index: Int) -> LuaCoroutinePath {
        LuaCoroutinePath(steps: steps + [Step(call: call, batch: batch, index: index)])
    }
}
