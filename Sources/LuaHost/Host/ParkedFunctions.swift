/// The functions of a batch that have started and wait behind all others.
///
/// They go on strictly in the order in which they were parked. So functions that are parked later change nothing for
/// those before.
struct ParkedFunctions {
    /// The lane of each function; `nil` if each has its own.
    let lanes: [Int]?
    private var waiting: [Int: [CheckedContinuation<Void, Never>]] = [:]
    private var order: [Int] = []
    /// Whether parked functions go on.
    private var isRepeating = false
    /// The lanes of parked functions that go on.
    private var busyLanes: Set<Int> = []

    init(lanes: [Int]?) { self.lanes = lanes }

    /// Whether no function is parked.
    var isEmpty: Bool { waiting.isEmpty }

    /// Whether a function is parked.
    func contains(_ index: Int) -> Bool { waiting[index] != nil }

    /// Adds a function, or another part of a function that is parked.
    mutating func add(_ index: Int, _ continuation: CheckedContinuation<Void, Never>) {
        if waiting[index] == nil { order.append(index) }
        waiting[index, default: []].append(continuation)
    }

    /// Takes the next function, if it can go on: the first of all does so when no other function runs.
    ///
    /// - Parameter othersRun: Whether functions run.
    /// - Returns: What waits for the function; `nil` if it cannot go on.
    mutating func takeNext(othersRun: Bool) -> [CheckedContinuation<Void, Never>]? {
        guard let index = order.first else { return nil }
        isRepeating = isRepeating || !othersRun
        let lane = lanes?[index]
        guard isRepeating, !(lane.map(busyLanes.contains) ?? false) else { return nil }
        if let lane { busyLanes.insert(lane) }
        return take(index)
    }

    /// Takes a function, whether it is its turn or not.
    mutating func take(_ index: Int) -> [CheckedContinuation<Void, Never>] {
        order.removeAll { $0 == index }
        return waiting.removeValue(forKey: index) ?? []
    }

    /// Frees the lane of a function that has ended or was parked again.
    mutating func end(_ index: Int) {
        if let lane = lanes?[index] { busyLanes.remove(lane) }
    }
}
