internal import LuaHost

/// Which step of a run something is: the same in every run of the same recipe, however its coroutines interleave.
///
/// It is the coroutine's path, the number of the host call in that coroutine, and the number of the step in that call:
/// `sp.ensure_app` makes several.
public struct StepID: Hashable, Sendable, CustomStringConvertible {
    /// The coroutine, as `LuaCoroutinePath` writes it: `/` for the run itself.
    public let coroutine: String
    /// Which call of the coroutine, from 1.
    public let call: Int
    /// Which step of the call, from 1.
    public let part: Int

    /// A step.
    public init(coroutine: String, call: Int, part: Int) {
        self.coroutine = coroutine
        self.call = call
        self.part = part
    }

    /// Whether it is of a function that returns at once, whose calls are counted by themselves.
    var isImmediate: Bool { coroutine.contains("!") }

    /// `/:3.1`, or `/3.1.0:2.1` in a coroutine of call 3.
    public var description: String { "\(coroutine):\(call).\(part)" }

    /// Reads what `description` wrote; `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let numbers = parts[1].split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let call = numbers[0], let part = numbers[1] else { return nil }
        self.init(coroutine: String(parts[0]), call: call, part: part)
    }
}
