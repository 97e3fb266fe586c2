/// Where a coroutine that the host runs stands in the tree of such coroutines.
///
/// Two runs of the same script name their coroutines alike, whatever the order in which waits end, so a
/// path and ``LuaCall/number`` identify a call for a journal. A script's own coroutines have no path: they
/// run inside one that has.
public struct LuaCoroutinePath: Sendable, Hashable, CustomStringConvertible {
    /// A pair for each level below the run itself; empty for the run.
    public let steps: [Step]

    /// One level down.
    public struct Step: Sendable, Hashable {
        /// The ``LuaCall/number`` of the call in the parent that started this coroutine.
        public let call: Int
        /// Which ``LuaCall/concurrently(_:limit:)`` of that call, from 1.
        public let batch: Int
        /// The position in that batch, from 0.
        public let index: Int
    }

    /// The run itself.
    public static let root = LuaCoroutinePath(steps: [])

    /// `/` for the run; `/3.1.0/2.1.7` for the eighth coroutine of call 2 of the first coroutine of call 3.
    public var description: String {
        steps.isEmpty ? "/" : steps.map { "/\($0.call).\($0.batch).\($0.index)" }.joined()
    }

    func child(call: Int, batch: Int, index: Int) -> LuaCoroutinePath {
        LuaCoroutinePath(steps: steps + [Step(call: call, batch: batch, index: index)])
    }
}
