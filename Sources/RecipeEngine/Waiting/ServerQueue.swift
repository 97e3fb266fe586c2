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
        entries[id] = Entry(operation: operation, queued: time)
    }

    /// An action was seen to have ended; those queued before it are taken to have ended too.
    mutating func ended(_ id: ActionID, at time: Timestamp) {
        guard let index = entries.index(forKey: id) else { return }
        let entry = entries.values[index]
        // Of one that was not the first, it is not known when it began.
        if index == 0 {
            experiences[entry.operation, default: Experience()].count += 1
            experiences[entry.operation]?.total += time - max(entry.queued, lastEnd ?? entry.queued)
        }
        lastEnd = time
        entries.removeSubrange(0...index)
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
