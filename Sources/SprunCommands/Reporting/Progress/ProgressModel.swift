internal import Groundwork
internal import LuaHost
internal import RecipeEngine
internal import ServerPilotClient

/// The state of a run in progress, made from its events.
///
/// It has no clock and no terminal: each call gets the time. Times count from a beginning that the caller chooses.
struct ProgressModel {
    /// A time on the caller's clock.
    typealias Moment = Duration

    /// The number of items or changes from which sprun counts them instead of showing each.
    static let many = 20
    /// The time for which a wait that ended is remembered: a recipe that looks again continues the same wait.
    private static let memory: Duration = .seconds(10)

    /// The most waits that are remembered: a run can have very many.
    private static let mostEnded = 1000

    /// The name of the recipe, whose lines are shown without it.
    var recipe = ""
    /// The work as a whole, as in "running acme.lua"; `nil` while there is none.
    private(set) var work: (words: String, began: Moment)?
    /// The network trouble that has not ended.
    private(set) var trouble: NetworkTrouble?
    /// The number of changes so far.
    private(set) var changes = 0
    private var batches = ItemBatches()
    /// The number of changes in the plan, and of those that an earlier execution made.
    private var plan: (total: Int, before: Int)?
    private var waits: [Int: ProgressWait] = [:]
    /// The polling waits that ended a short time ago.
    private var ended: [ProgressWait.Purpose: (wait: ProgressWait, at: Moment)] = [:]

    /// Begins the work.
    ///
    /// - Parameters:
    ///   - words: The work, as in "running acme.lua".
    ///   - plan: The number of planned changes, and of those that an earlier execution made; `nil` without a plan.
    ///   - now: The time.
    mutating func begin(_ words: String, plan: (total: Int, before: Int)? = nil, at now: Moment) {
        work = (words, now)
        self.plan = plan
    }

    /// Ends the work: no wait is left, and no trouble.
    ///
    /// - Returns: The trouble that had not ended.
    mutating func end() -> NetworkTrouble? {
        defer { (work, trouble) = (nil, nil) }
        (waits, ended, batches) = ([:], [:], ItemBatches())
        return trouble
    }

    /// Takes an event of the run.
    mutating func take(_ event: RunEvent, at now: Moment) {
        switch event {
        case .running(let call): begin(call, at: now)
        case .returned(let id): end(id, at: now)
        case .item(let item): batches.take(item, at: now)
        case .changed, .performed: changes += 1
        case .printed, .logged, .warned, .waited: break
        }
    }

    // MARK: Waits

    /// Returns the waits, the longest first.
    ///
    /// - Parameter limit: The most waits to return.
    /// - Returns: The waits.
    func longestWaits(_ limit: Int) -> [ProgressWait] {
        var longest: [ProgressWait] = []
        for wait in waits.values {
            let index = longest.firstIndex { (wait.seen, wait.id) < ($0.seen, $0.id) } ?? longest.count
            guard index < limit else { continue }
            longest.insert(wait, at: index)
            if longest.count > limit { longest.removeLast() }
        }
        return longest
    }

    /// The number of waits.
    var waitCount: Int { waits.count }

    private mutating func begin(_ call: RunEvent.Call, at now: Moment) {
        var wait = ProgressWait(call, at: now)
        if let known = waits[call.id] {
            wait.seen = known.seen
            if known.purpose == wait.purpose { wait.began = min(wait.began, known.began) }
        }
        if let earlier = ended[wait.purpose], now - earlier.at < Self.memory {
            wait.seen = earlier.wait.seen
            wait.began = min(wait.began, earlier.wait.began)
        }
        waits[call.id] = wait
    }

    private mutating func end(_ id: Int, at now: Moment) {
        guard let wait = waits.removeValue(forKey: id), wait.nextLook != nil else { return }
        if ended.count >= Self.mostEnded { ended = ended.filter { now - $0.value.at < Self.memory } }
        if ended.count >= Self.mostEnded { ended = [:] }
        ended[wait.purpose] = (wait, now)
    }

    // MARK: Counts

    /// Whether there are so many items or changes that sprun counts them.
    var hasMany: Bool { (plan?.total ?? 0) >= Self.many || batches.hasMany || changes > Self.many }

    /// Whether the last change is the first that sprun counts, and nothing else shows that it counts.
    var isFirstCounted: Bool {
        changes == Self.many + 1 && (plan?.total ?? 0) < Self.many && !batches.hasMany
    }

    /// The counted work; `nil` if the run counts nothing.
    var tally: ProgressTally? {
        if let plan, let work {
            let done = min(plan.before + changes, plan.total)
            return ProgressTally(
                done: done, before: plan.before, failed: batches.failures, total: plan.total, began: work.began)
        }
        if let batch = batches.largest { return batch.tally }
        guard changes > Self.many, let work else { return nil }
        return ProgressTally(done: changes, began: work.began)
    }

    /// Returns the counts of the calls with many items that have ended since the last time.
    mutating func takeFinished() -> [ProgressTally] { batches.takeFinished() }

    /// Returns the label of the item that a wait belongs to; `nil` if it belongs to none.
    func label(of wait: ProgressWait) -> String? { batches.label(of: wait.path) }

    // MARK: Network

    /// Takes a failed attempt of a request that will be sent again.
    mutating func retry(_ retry: NetworkTrouble.Retry, at now: Moment) {
        if trouble == nil { trouble = NetworkTrouble(began: now) }
        trouble?.take(retry, at: now)
    }

    /// Takes the end of a request that was sent again.
    ///
    /// - Returns: The trouble, if it is over.
    mutating func end(_ end: RetryEnd) -> NetworkTrouble? {
        trouble?.take(end)
        guard let known = trouble, known.isOver else { return nil }
        trouble = nil
        return known
    }
}
