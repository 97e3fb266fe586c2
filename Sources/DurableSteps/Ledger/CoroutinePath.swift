/// The path of a coroutine in the tree of coroutines of a run; the same in every execution of the run.
///
/// ```swift
/// if let path = CoroutinePath("/3.1.0/2.1.7") {
///     print(path.levels.count, path.levels[1].index)  // 2 7
/// }
/// ```
public struct CoroutinePath: Hashable, Sendable, CustomStringConvertible {
    /// One level of the tree: the coroutine's place among those that a call of its parent started.
    public struct Level: Hashable, Sendable {
        /// The number of the call in the parent, from 1.
        public let call: Int
        /// The number of the batch in that call, from 1.
        public let batch: Int
        /// The position in that batch, from 0.
        public let index: Int

        /// Creates a level.
        public init(call: Int, batch: Int, index: Int) {
            self.call = call
            self.batch = batch
            self.index = index
        }
    }

    /// The run itself.
    public static let root = CoroutinePath([])

    /// The levels from the run down to the coroutine; empty for the run itself.
    public let levels: [Level]

    /// Creates a path from the levels below the run.
    public init(_ levels: [Level]) { self.levels = levels }

    /// The text form: `/` for the run, `/3.1.0/2.1.7` for the eighth coroutine of call 2 in a coroutine of call 3.
    public var description: String {
        levels.isEmpty ? "/" : levels.map { "/\($0.call).\($0.batch).\($0.index)" }.joined()
    }

    /// Parses the output of `description`; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        var levels: [Level] = []
        for part in text.split(separator: "/") {
            let numbers = part.split(separator: ".").compactMap { Int($0) }
            guard numbers.count == 3 else { return nil }
            levels.append(Level(call: numbers[0], batch: numbers[1], index: numbers[2]))
        }
        self.init(levels)
        // Two texts of one path would give one step two ids.
        guard description == text else { return nil }
    }
}
