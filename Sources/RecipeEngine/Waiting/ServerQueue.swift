internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// A run's knowledge of the work on one server: which of its actions are open, and how long such actions took.
///
/// A server runs one action after another (inferred), so the run can predict an action's end from the actions before
/// it. A wrong guess only costs polls or some delay.
struct ServerQueue {
    /// The assumed duration of an action while nothing is known of the server: 4 to 40 seconds are seen in the field.
    static let typicalDuration: Duration = .seconds(10)

    private struct Entry {
        let operation: ServerPilot.Operation.Name
        let queued: Timestamp
        /// The last time when the action was known not to have ended.
        var seenOpen: Timestamp
    }

    /// The durations of one operation's actions.
    private struct Experience {
        var count = 0
        var total = Duration.zero

        var mean: Duration { total / max(count, 1) }
    }

    private var entries = OrderedDictionary<ActionID, Entry>()
    private var experiences: [ServerPilot.Operation.Name: Experience] = [:]
    private var lastEnd: Timestamp?

    /// The actions that were not seen to have ended, in the order of the queue.
    var open: [ActionID] { Array(entries.keys) }

    /// Records that work was queued.
    mutating func queued(_ id: ActionID, _ operation: ServerPilot.Operation.Name, at time: Timestamp) {
        entries[id] = Entry(operation: operation, queued: time, seenOpen: time)
    }

    /// Returns the last time when the action was known not to have ended; `nil` for an unknown action.
    func lastLook(at id: ActionID) -> Timestamp? { entries[id]?.seenOpen }

    /// Records that an action was seen not to have ended.
    mutating func seenOpen(_ id: ActionID, at time: Timestamp) { entries[id]?.seenOpen = time }

    /// Records that an action was seen to have ended; assumes that the actions queued before it have ended too.
    mutating func ended(_ id: ActionID, at time: Timestamp) {
        guard let index = entries.index(forKey: id) else { return }
        // The start of an action that was not first in the queue is unknown.
        if index == 0 { learn(from: entries.values[index], endSeen: time) }
        lastEnd = time
        entries.removeSubrange(0...index)
    }

    /// Learns how long an action took.
    ///
    /// If the last poll was long ago, because the recipe did other work or the run was interrupted, the duration is
    /// only an upper bound. It then counts only if it is below the mean.
    private mutating func learn(from entry: Entry, endSeen: Timestamp) {
        let duration = endSeen - max(entry.queued, lastEnd ?? entry.queued)
        // The clock may have been set back since an earlier execution recorded the time.
        guard duration >= .zero else { return }
        let isMeasured = endSeen - max(entry.seenOpen, lastEnd ?? entry.seenOpen) <= PollSchedule.longest
        guard isMeasured || experiences[entry.operation].map({ duration < $0.mean }) == true else { return }
        experiences[entry.operation, default: Experience()].count += 1
        experiences[entry.operation]?.total += duration
    }

    /// Returns the predicted remaining time of an action; negative if overdue, `nil` if nothing allows a prediction.
    func remaining(of id: ActionID, at now: Timestamp) -> Duration? {
        guard let index = entries.index(forKey: id) else { return nil }
        if index == 0, experiences.isEmpty { return nil }
        let first = entries.values[0]
        let ofFirst = duration(of: first) - (now - max(first.queued, lastEnd ?? first.queued))
        if index == 0 { return ofFirst }
        // The first action may take longer than predicted; the actions behind it start only after it.
        return entries.values[1...index].reduce(max(ofFirst, .zero)) { $0 + duration(of: $1) }
    }

    private func duration(of entry: Entry) -> Duration {
        if let experience = experiences[entry.operation] { return experience.mean }
        guard !experiences.isEmpty else { return Self.typicalDuration }
        return experiences.values.reduce(Duration.zero) { $0 + $1.mean } / experiences.count
    }
}
