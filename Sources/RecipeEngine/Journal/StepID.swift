internal import LuaHost

/// The id of a step, the same in every run of the same recipe, however its coroutines interleave.
///
/// It consists of the coroutine's path, the number of the host call in that coroutine, and the number of the step in
/// that call. A call such as `sp.ensure_app` makes several steps.
public struct StepID: Hashable, Sendable, CustomStringConvertible {
    /// The path of the coroutine, as `LuaCoroutinePath` writes it; `/` for the run itself.
    public let coroutine: String
    /// The number of the call in the coroutine, from 1.
    public let call: Int
    /// The number of the step in the call, from 1.
    public let part: Int

    /// Creates an id.
    public init(coroutine: String, call: Int, part: Int) {
        self.coroutine = coroutine
        self.call = call
        self.part = part
    }

    /// Whether the step belongs to a function that returns at once; such calls are counted separately.
    var isImmediate: Bool { coroutine.contains("!") }

    /// The text form: `/:3.1`, or `/3.1.0:2.1` in a coroutine of call 3.
    public var description: String { "\(coroutine):\(call).\(part)" }

    /// Parses the output of `description`; `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let numbers = parts[1].split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let call = numbers[0], let part = numbers[1] else { return nil }
        self.init(coroutine: String(parts[0]), call: call, part: part)
    }
}
