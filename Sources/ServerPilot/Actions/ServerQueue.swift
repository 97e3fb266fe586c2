internal import Groundwork

/// The open actions of one server, with a prediction of their ends.
///
/// A server runs one action after another (inferred). So the end of an action says when the next one begins, and that all
/// actions before it have ended. A wrong prediction costs polls or delay, and nothing else.
///
/// The times of the looks balance two costs. While other actions keep the server busy, a late look costs nothing, so the
/// look comes when the action has almost certainly ended. The last action of a queue is looked at more finely, since the
/// server idles until its end is noticed: on average after a twentieth of its duration.
struct ServerQueue: Sendable {
    private struct Entry {
        let id: ActionID
        let operation: Operation.Name
        let queued: Timestamp
        /// Whether it may have ended while nobody looked, since an earlier process queued it.
        let isEarlier: Bool
        /// The last time when it was seen open.
        var seenOpen: Timestamp?
    }

    /// The prediction for one action, in seconds; `start`, `end`, `early` and `dry` count from `origin`.
    private struct Prediction {
        let mean: Double
        let start: Double
        let end: Double
        var spread = 0.0
        /// The time of the first look at the last action of a queue.
        var early = 0.0
        /// The earliest time at which the server could run out of work.
        var dry = 0.0
    }

    /// The age of an early look, as a share of the predicted duration.
    static let probe = 0.4
    /// The shortest pause between two looks at one server, in seconds: clients in the field stay within 1–5 requests a
    /// second.
    static let shortest = 0.5
    /// The longest pause after the last action of a queue was seen open, in seconds.
    private static let longest = 20.0
    /// The same for an action with others behind it, and for one that has others before it.
    private static let (longestBusy, longestAhead) = (60.0, 300.0)
    /// The pause after a look, as a share of the action's age, and the same while the operation is unknown.
    private static let fine = (known: 0.1, unknown: 0.12)
    /// The pause after a look while others keep the server busy, as a share of the predicted duration.
    private static let lazy = 0.8
    /// How many spreads after the predicted end the first look comes, if others keep the server busy.
    ///
    /// For the last action it comes one spread before the predicted end, or one after it if durations hardly vary.
    private static let late = 2.4
    /// One of so many actions is looked at early, to notice servers that have become faster.
    private static let explored = 20
    /// The delay after the predicted end: a look slightly before it would cost another look.
    private static let margin = 0.1

    private let server: String
    /// The open actions in order, from `head` on; what stands before has ended.
    private var entries: [Entry] = []
    private var head = 0
    /// The places in `entries`.
    private var places: [ActionID: Int] = [:]
    /// The number of open actions of each operation, which makes the prediction of a long queue cheap.
    private var counts: [Operation.Name: Int] = [:]
    /// The bounds of the time at which the server began the first action.
    private var start: (earliest: Timestamp, latest: Timestamp)
    private var ended = 0
    /// Whether the last action ended before its predicted end, so that the next one may have ended too.
    private var isAhead = false

    init(_ server: String) {
        self.server = server
        start = (Timestamp(epochSeconds: 0), Timestamp(epochSeconds: 0))
    }

    /// The actions that were not seen to have ended, in order.
    var open: [ActionID] { entries[head...].map(\.id) }

    /// Returns the first of the open actions that meets a condition.
    func first(where isWanted: (ActionID) -> Bool) -> ActionID? {
        entries[head...].first { isWanted($0.id) }?.id
    }

    mutating func queued(_ id: ActionID, _ operation: Operation.Name, at time: Timestamp, isEarlier: Bool) {
        guard places[id] == nil else { return }
        if head == entries.count { (start, isAhead) = ((time, time), false) }
        places[id] = entries.count
        entries.append(Entry(id: id, operation: operation, queued: time, isEarlier: isEarlier))
        counts[operation, default: 0] += 1
    }

    /// Returns the time of the next look at an action; `nil` for an unknown action.
    mutating func nextLook(at id: ActionID, _ durations: inout ActionDurations, now: Timestamp) -> Timestamp? {
        guard let index = places[id] else { return nil }
        let entry = entries[index]
        let prediction = predict(index, durations)
        if let seen = entry.seenOpen {
            return origin + .seconds(nextLook(after: (seen - origin).inSeconds, prediction, index, durations))
        }
        guard !entry.isEarlier, !isAhead else { return now }
        let isLast = index == entries.count - 1
        var look: Double
        if durations.probes(entry.operation, on: server, isLast: isLast) {
            look = prediction.start + Self.probe * prediction.mean
        } else if isLast || ended % Self.explored == Self.explored - 1 {
            look = prediction.early
        } else {
            look = min(prediction.end + Self.late * prediction.spread, max(prediction.dry, prediction.early))
        }
        if index > head { look = min(look, (max(now, entry.queued) - origin).inSeconds + Self.longestAhead) }
        return origin + .seconds(max(look, (start.latest - origin).inSeconds + Self.shortest))
    }

    /// Returns the time of the next look at an action that was seen open.
    private func nextLook(
        after seen: Double, _ prediction: Prediction, _ index: Int, _ durations: ActionDurations
    ) -> Double {
        let operation = entries[index].operation
        let isConfirmed = durations.isConfirmed(operation)
        let age = max(seen - prediction.start, 0)
        let fine = seen + (isConfirmed ? Self.fine.known : Self.fine.unknown) * age
        var look = fine
        if index < entries.count - 1 {
            look = max(min(seen + max(Self.lazy * prediction.mean, fine - seen), prediction.dry), fine)
        } else if seen < prediction.end + Self.margin, look + (look - seen) / 2 > prediction.end + Self.margin {
            look = prediction.end + Self.margin
        }
        if isConfirmed, seen < prediction.early { look = max(look, min(prediction.early, seen + age)) }
        let isLast = index == entries.count - 1
        let longest = index > head ? Self.longestAhead : isLast ? Self.longest : Self.longestBusy
        return min(max(look, seen + Self.shortest), seen + longest)
    }

    private var origin: Timestamp { start.earliest }

    private func predict(_ index: Int, _ durations: ActionDurations) -> Prediction {
        let doubt = (start.latest - start.earliest).inSeconds
        var end = doubt / 2
        // The spread of a uniform distribution is its width by the square root of 12.
        var variance = doubt * doubt / 12
        var prediction = Prediction(mean: 0, start: end, end: end)
        for place in head...index {
            let estimate = durations.estimate(entries[place].operation)
            prediction = Prediction(mean: estimate.mean, start: end, end: end + estimate.mean)
            end += estimate.mean
            let spread = (variance + estimate.seenSpread * estimate.seenSpread).squareRoot()
            // One look is enough if durations hardly vary.
            prediction.early = end + (spread > 1.01 * ActionDurations.leastSpread.1 * estimate.mean ? -spread : spread)
            variance += estimate.spread * estimate.spread
        }
        prediction.spread = variance.squareRoot()
        var (all, spread) = (doubt / 2, doubt * doubt / 12)
        for (operation, count) in counts {
            let estimate = durations.estimate(operation)
            all += Double(count) * estimate.mean
            spread += Double(count) * estimate.spread * estimate.spread
        }
        prediction.dry = all - spread.squareRoot()
        return prediction
    }

    // MARK: Looks

    mutating func seenOpen(_ id: ActionID, _ durations: inout ActionDurations, at time: Timestamp) {
        guard let index = places[id] else { return }
        entries[index].seenOpen = time
        isAhead = false
        if index == head {
            durations.seenOpen(
                entries[index].operation, on: server, age: (time - start.latest).inSeconds)
        }
    }

    /// Records that an action was seen to have ended, so that the actions queued before it have ended too.
    mutating func ended(_ id: ActionID, _ durations: inout ActionDurations, at time: Timestamp) {
        guard let index = places[id] else { return }
        let entry = entries[index]
        let prediction = predict(index, durations)
        let seen = max((time - origin).inSeconds, 0)
        let least = min(entry.seenOpen.map { ($0 - origin).inSeconds } ?? (index == head ? 0 : prediction.start), seen)
        let isEarly = entry.seenOpen == nil && seen < prediction.end
        let isMeasured = isEarly || (entry.seenOpen != nil && seen - least <= prediction.mean)
        // Nobody looked for long, because the recipe did other work: the duration of an unknown operation stays unknown.
        let isSeen = seen - least <= max(4 * prediction.mean, (seen - prediction.start) / 2)
        let teaches = durations.isKnown(entry.operation) || isSeen
        let end =
            isMeasured || !durations.isKnown(entry.operation)
            ? (least + seen) / 2 : min(max(prediction.end, least), seen)
        // Nobody knows when the server began an action that was not the first, or that an earlier process queued.
        if index == head, !entry.isEarlier, teaches {
            durations.learn(
                entry.operation, max(end - prediction.start, 0.02), isEarly: isEarly, isBound: ended == 0)
        }
        let doubt = min(durations.estimate(entry.operation).spread, (seen - least) / 2)
        let bounds = (origin + .seconds(max(least, end - doubt)), origin + .seconds(min(seen, end + doubt)))
        remove(through: index)
        let next = head < entries.count ? entries[head].queued : bounds.1
        start = (max(bounds.0, next), max(bounds.1, next))
        ended += 1
        isAhead = isEarly
    }

    private mutating func remove(through index: Int) {
        for entry in entries[head...index] {
            places[entry.id] = nil
            counts[entry.operation, default: 1] -= 1
        }
        head = index + 1
        // Moving the rest costs as much as the removals before it.
        guard head > entries.count / 2 else { return }
        entries.removeFirst(head)
        head = 0
        for (place, entry) in entries.enumerated() { places[entry.id] = place }
    }
}
