internal import Synchronization

/// A list of values that concurrent code adds to and a test reads.
///
/// ```swift
/// let lines = Recorder<String>()
/// await withTaskGroup(of: Void.self) { group in
///     for site in ["shop", "wiki"] { group.addTask { lines.add("deployed \(site)") } }
/// }
/// #expect(lines.count == 2)
/// #expect(Set(lines.take()) == ["deployed shop", "deployed wiki"])
/// ```
public final class Recorder<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    /// Creates an empty list.
    public init() {}

    /// Adds a value to the end.
    public func add(_ value: Value) { values.withLock { $0.append(value) } }

    /// All values, in the order in which they were added.
    public var all: [Value] { values.withLock { $0 } }

    /// The number of values.
    public var count: Int { values.withLock { $0.count } }

    /// Adds a value and returns its number, from 1.
    public func number(adding value: Value) -> Int {
        values.withLock { values in
            values.append(value)
            return values.count
        }
    }

    /// Removes and returns all values.
    public func take() -> [Value] {
        values.withLock { values in
            defer { values = [] }
            return values
        }
    }
}
