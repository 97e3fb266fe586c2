/// The order in which the functions of a batch start: as given, but the functions of a lane one at a time.
///
/// The order depends only on the order in which functions end.
struct BatchQueue {
    private struct Lane {
        /// Whether a function of the lane runs or is ready.
        var isTaken = false
        var waiting: [Int] = []
        /// The number of functions in `waiting` that have left it.
        var left = 0
    }

    /// The lane of each function; `nil` if each has its own.
    private let laneOf: [Int]?
    private var lanes: [Int: Lane] = [:]
    /// The functions that can start, by position, with those that have started before `next`.
    private var ready: [Int] = []
    private var next = 0
    /// The number of functions that have not started, ready or not.
    private(set) var count = 0

    /// Creates a queue of all functions of a batch.
    ///
    /// - Parameters:
    ///   - count: The number of functions.
    ///   - lanes: The lane of each function, any number; `nil` to let all run at once.
    init(_ count: Int, lanes: [Int]?) {
        laneOf = lanes
        ready.reserveCapacity(count)
        for index in 0..<count { add(index) }
    }

    /// The number of functions that can start now.
    var readyCount: Int { ready.count - next }

    /// Returns the functions that start next, at most `count`.
    func first(_ count: Int) -> ArraySlice<Int> { ready[next..<min(next + count, ready.count)] }

    private mutating func add(_ index: Int) {
        count += 1
        guard let lane = laneOf?[index] else { return ready.append(index) }
        guard lanes[lane, default: Lane()].isTaken else {
            lanes[lane, default: Lane()].isTaken = true
            return ready.append(index)
        }
        lanes[lane]?.waiting.append(index)
    }

    /// Removes and returns the function that starts now; there is one.
    mutating func take() -> Int {
        defer {
            next += 1
            count -= 1
        }
        return ready[next]
    }

    /// Lets the next function of its lane start, because this one has ended.
    mutating func end(_ index: Int) {
        guard let lane = laneOf?[index], var state = lanes[lane] else { return }
        if state.left < state.waiting.count {
            ready.append(state.waiting[state.left])
            state.left += 1
        } else {
            state = Lane()
        }
        lanes[lane] = state
    }
}
