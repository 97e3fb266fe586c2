/// The id of a step, the same in every execution of the same run, however its coroutines interleave.
///
/// It consists of a place, the number of the call there, and the number of the step in that call. A call such as
/// `sp.ensure_app` makes several steps.
///
/// ```swift
/// let step = StepID(.coroutine(.root), call: 3, part: 1)
/// print(step)                      // /:3.1
/// print(StepID("/:3.1") == step)  // true
/// ```
public struct StepID: Hashable, Sendable, CustomStringConvertible {
    /// The place in the run.
    public let place: Place
    /// The number of the call in the place, from 1.
    public let call: Int
    /// The number of the step in the call, from 1.
    public let part: Int

    /// Creates an id.
    public init(_ place: Place, call: Int, part: Int) {
        self.place = place
        self.call = call
        self.part = part
    }

    /// The text form: `/:3.1`, or `/3.1.0:2.1` in a coroutine of call 3.
    public var description: String { "\(place):\(call).\(part)" }

    /// Parses the output of `description`; `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let place = Place(String(parts[0])) else { return nil }
        let numbers = parts[1].split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let call = numbers[0], let part = numbers[1] else { return nil }
        self.init(place, call: call, part: part)
        guard description == text else { return nil }
    }
}
