internal import LuaHost
internal import RecipeEngine

/// The calls of `sp.all` and `sp.each` that run, with the states of their items.
struct ItemBatches {
    /// A call with its items.
    struct Batch {
        let count: Int
        /// The number of calls around it.
        let depth: Int
        var tally: ProgressTally
        var active = 0

        /// Whether no item runs and none will start.
        var isOver: Bool { active == 0 && (tally.done == count || tally.failed + tally.stopped > 0) }
    }

    /// The identity of a call: the coroutine that makes it, its number there, and the number of its batch.
    private struct Key: Hashable {
        let parent: ArraySlice<LuaCoroutinePath.Step>
        let call: Int
        let batch: Int

        init?(_ path: LuaCoroutinePath) {
            guard let last = path.steps.last else { return nil }
            (parent, call, batch) = (path.steps.dropLast(), last.call, last.batch)
        }
    }

    /// The number of failed items that are in no other item.
    private(set) var failures = 0
    private var batches: [Key: Batch] = [:]
    private var labels: [ArraySlice<LuaCoroutinePath.Step>: String] = [:]
    private var largestKey: Key?
    private var manyCount = 0
    private var finished: [ProgressTally] = []

    /// The call with the most items; of calls with as many, the outermost.
    var largest: Batch? { largestKey.flatMap { batches[$0] } }

    /// Whether a call has so many items that sprun counts them.
    var hasMany: Bool { manyCount > 0 }

    /// Returns the label of the outermost item around a coroutine; `nil` if it is in none.
    func label(of path: LuaCoroutinePath) -> String? {
        for depth in 1..<max(1, path.steps.count + 1) {
            if let label = labels[path.steps.prefix(depth)] { return label }
        }
        return nil
    }

    /// Returns the counts of the calls with many items that have ended since the last time.
    mutating func takeFinished() -> [ProgressTally] {
        defer { finished = [] }
        return finished
    }

    /// Takes the start or the end of an item.
    mutating func take(_ item: RunEvent.Item, at now: ProgressModel.Moment) {
        guard item.count > 1, let key = Key(item.path) else { return }
        if batches[key] == nil { begin(key, item, at: now) }
        switch item.state {
        case .began:
            batches[key]?.active += 1
            labels[item.path.steps[...]] = item.label ?? "item \(item.index + 1)"
            return
        case .returned: batches[key]?.tally.done += 1
        case .failed:
            batches[key]?.tally.done += 1
            batches[key]?.tally.failed += 1
            if item.path.steps.count == 1 { failures += 1 }
        case .cancelled: batches[key]?.tally.stopped += 1
        }
        batches[key]?.active -= 1
        labels[item.path.steps[...]] = nil
        if batches[key]?.isOver == true { end(key) }
    }

    private mutating func begin(_ key: Key, _ item: RunEvent.Item, at now: ProgressModel.Moment) {
        let tally = ProgressTally(done: 0, total: item.count, began: now)
        let batch = Batch(count: item.count, depth: key.parent.count, tally: tally)
        batches[key] = batch
        if item.count >= ProgressModel.many { manyCount += 1 }
        guard let largest, !Self.isLarger(batch, largest) else { return largestKey = key }
    }

    private mutating func end(_ key: Key) {
        guard let batch = batches.removeValue(forKey: key) else { return }
        if batch.count >= ProgressModel.many {
            manyCount -= 1
            finished.append(batch.tally)
        }
        guard largestKey == key else { return }
        largestKey = batches.max { Self.isLarger($1.value, $0.value) }?.key
    }

    private static func isLarger(_ left: Batch, _ right: Batch) -> Bool {
        (left.count, -left.depth) > (right.count, -right.depth)
    }
}
