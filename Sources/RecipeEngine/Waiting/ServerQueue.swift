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

    private var entries = OrderedDictionary<ActionID, Entry>()
    private var durations: [ServerPilot.Operation.Name: Duration] = [:]
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
        if index == 0 { durations[entry.operation] = time - max(entry.queued, lastEnd ?? entry.queued) }
        lastEnd = time
        entries.removeSubrange(0...index)
    }

    /// How long the action still takes, as far as can be foreseen: negative when it is overdue; `nil` when nothing is
    /// known that would tell.
    func remaining(of id: ActionID, at now: Timestamp) -> Duration? {
        guard let index = entries.index(forKey: id) else { return nil }
        if index == 0, durations.isEmpty { return nil }
        let mean =
            durations.isEmpty ? Self.typicalDuration : durations.values.reduce(Duration.zero, +) / durations.count
        let work = entries.values[0...index].reduce(Duration.zero) { $0 + (durations[$1.operation] ?? mean) }
        let first = entries.values[0].queued
        return work - (now - max(first, lastEnd ?? first))
    }
}
