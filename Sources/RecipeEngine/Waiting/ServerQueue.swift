internal import OrderedCollections
internal import ServerPilot

/// What a run knows of the work on one server: which of its actions are under way, and how long such work took.
///
/// A server does one action after another (inferred), so the end of one can be foreseen from those before it. A guess
/// that is wrong costs polls, or some delay, and nothing else.
struct ServerQueue {
    /// What an action is taken to last while nothing is known of the server: the field sees 4 to 40 seconds.
    static let typicalDuration: Duration = .seconds(10)

    private struct Entry {
        let operation: ServerPilot.Operation.Name
        let queued: Timestamp
        /// When it was last seen not to have ended.
        var seenOpen: Timestamp
    }

    /// How long the actions of one operation took.
    private struct Experience {
        var count = 0
        var total = Duration.zero

        var mean: Duration { total / max(count, 1) }
    }

    private var entries = OrderedDictionary<ActionID, Entry>()
    private var experiences: [ServerPilot.Operation.Name: Experience] = [:]
    private var lastEnd: Timestamp?

    /// Work was queued.
    mutating func queued(_ id: ActionID, _ operation: ServerPilot.Operation.Name, at time: Timestamp) {
        entries[id] = Entry(operation: operation, queued: time, seenOpen: time)
    }

    /// When somebody last saw that an action had not ended; `nil` of an unknown one.
    func lastLook(at id: ActionID) -> Timestamp? { entries[id]?.seenOpen }

    /// An action was seen not to have ended.
    mutating func seenOpen(_ id: ActionID, at time: Timestamp) { entries[id]?.seenOpen = time }

    /// An action was seen to have ended; those queued before it are taken to have ended too.
    mutating func ended(_ id: ActionID, at time: Timestamp) {
        guard let index = entries.index(forKey: id) else { return }
        // Of one that was not the first, it is not known when it began.
        if index == 0 { learn(from: entries.values[index], endSeen: time) }
        lastEnd = time
        entries.removeSubrange(0...index)
    }

    /// Where nobody has looked for long, because the recipe did something else or the run was interrupted, it is only
    /// known that an action took no longer than that.
    private mutating func learn(from entry: Entry, endSeen: Timestamp) {
        let duration = endSeen - max(entry.queued, lastEnd ?? entry.queued)
        // Times of an earlier life of the run are those of a clock that may have been set back in between.
        guard duration >= .zero else { return }
        let isMeasured = endSeen - max(entry.seenOpen, lastEnd ?? entry.seenOpen) <= PollSchedule.longest
        guard isMeasured || experiences[entry.operation].map({ duration < $0.mean }) == true else { return }
        experiences[entry.operation, default: Experience()].count += 1
        experiences[entry.operation]?.total += duration
    }

    /// How long the action still takes, as far as can be foreseen: negative when it is overdue; `nil` when nothing is
    /// known that would tell.
    func remaining(of id: ActionID, at now: Timestamp) -> Duration? {
        guard let index = entries.index(forKey: id) else { return nil }
        if index == 0, experiences.isEmpty { return nil }
        let first = entries.values[0]
        let ofFirst = duration(of: first) - (now - max(first.queued, lastEnd ?? first.queued))
        if index == 0 { return ofFirst }
        // The first may take longer than foreseen; those behind it have not begun then.
        return entries.values[1...index].reduce(max(ofFirst, .zero)) { $0 + duration(of: $1) }
    }

    private func duration(of entry: Entry) -> Duration {
        if let experience = experiences[entry.operation] { return experience.mean }
        guard !experiences.isEmpty else { return Self.typicalDuration }
        return experiences.values.reduce(Duration.zero) { $0 + $1.mean } / experiences.count
    }
}
