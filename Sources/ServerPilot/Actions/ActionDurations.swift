/// How long the actions of each operation take, learned from the actions that a program saw.
///
/// Only the operation counts. A mean for each server was tried too: one server has few samples, so its mean was often too
/// long, and the server then idled.
package struct ActionDurations: Hashable, Sendable {
    /// The durations of one operation's actions.
    package struct Record: Hashable, Sendable {
        /// The number of samples that count, at most `ActionDurations.longestMemory`; 0 for an upper bound.
        package var count: Int
        /// The mean in seconds.
        package var mean: Double
        /// The variance in square seconds.
        package var variance: Double

        /// Creates a record.
        package init(count: Int, mean: Double, variance: Double) {
            (self.count, self.mean, self.variance) = (count, mean, variance)
        }
    }

    /// A predicted duration, in seconds.
    struct Estimate {
        let mean: Double
        /// How far durations lie from the mean, with a reserve for what few samples do not show.
        let spread: Double
        /// The same without that reserve.
        let seenSpread: Double
    }

    /// The most samples that a record remembers: a server that becomes slower is noticed after about as many actions.
    package static let longestMemory = 12
    /// The assumed mean while nothing is known, in seconds: 4 to 40 seconds are seen in the field.
    private static let typical = 10.0
    /// The least spread, as a share of the mean: with the reserve, and without.
    static let leastSpread = (0.15, 0.05)
    /// A sample that differs from the mean by more than this factor makes the record forget most of its samples.
    private static let surprise = 3.0
    /// One action that takes longer than `long` times the mean is an exception, and counts as `exception` times the mean.
    ///
    /// A second one in a row counts as it is.
    private static let (long, exception) = (2.0, 1.3)

    /// The record of each operation.
    package private(set) var records: [Operation.Name: Record]
    /// The operations whose record was seen to hold in this program.
    private var confirmed: Set<Operation.Name> = []
    /// The operations whose last action was an exception.
    private var exceptions: Set<Operation.Name> = []
    /// How many actions in a row had ended before their first look.
    private var early: [Operation.Name: Int] = [:]
    /// The server whose first action of an operation is looked at early; `nil` once an early look has told enough.
    private var probes: [Operation.Name: String?] = [:]

    /// Creates durations, which may come from an earlier program.
    package init(_ records: [Operation.Name: Record] = [:]) { self.records = records }

    func isKnown(_ operation: Operation.Name) -> Bool { records[operation] != nil }

    /// Whether this program has seen how long the operation takes.
    func isConfirmed(_ operation: Operation.Name) -> Bool { confirmed.contains(operation) }

    func estimate(_ operation: Operation.Name) -> Estimate {
        if let record = records[operation] {
            let spread = record.variance.squareRoot()
            return Estimate(
                mean: record.mean, spread: max(spread, Self.leastSpread.0 * record.mean),
                seenSpread: max(spread, Self.leastSpread.1 * record.mean))
        }
        let means = records.values.map(\.mean)
        let mean = means.isEmpty ? Self.typical : means.reduce(0, +) / Double(means.count)
        return Estimate(mean: mean, spread: mean / 2, seenSpread: mean / 2)
    }

    /// Learns the duration of one action, in seconds.
    ///
    /// - Parameters:
    ///   - operation: the operation of the action.
    ///   - duration: the duration.
    ///   - isEarly: whether it had ended before the first look, so that it may have been much shorter.
    ///   - isBound: whether the action may have waited for work of other clients, so that the duration is only an upper
    ///     bound. It then counts if it is below the mean, or until another sample replaces it.
    mutating func learn(_ operation: Operation.Name, _ duration: Double, isEarly: Bool = false, isBound: Bool = false) {
        let sample = Record(count: isBound ? 0 : 1, mean: duration, variance: (duration / 20) * (duration / 20))
        if let record = records[operation], isBound, duration > record.mean { return }
        if !isBound { confirmed.insert(operation) }
        guard var record = records[operation], record.count > 0 else {
            records[operation] = sample
            return
        }
        let isLong = duration > record.mean * Self.long
        let isException = isLong && record.count > 2 && exceptions.insert(operation).inserted
        if !isLong { exceptions.remove(operation) }
        let duration = isException ? record.mean * Self.exception : duration
        record.count = min(record.count + 1, Self.longestMemory)
        early[operation] = isEarly ? (early[operation] ?? 0) + 1 : 0
        let isSurprise = duration < record.mean / Self.surprise || duration > record.mean * Self.surprise
        if isSurprise || early[operation] ?? 0 > 1 { record.count = min(record.count, 2) }
        let difference = duration - record.mean
        record.mean += difference / Double(record.count)
        record.variance += (difference * (duration - record.mean) - record.variance) / Double(record.count)
        record.variance = max(record.variance, 0)
        records[operation] = record
    }

    // MARK: Early looks

    /// Returns whether an action is looked at early: its duration is unknown, from an earlier program, or only a bound.
    ///
    /// One server at a time is looked at early for each operation; with a bound, each server that has more to do.
    mutating func probes(_ operation: Operation.Name, on server: String, isLast: Bool) -> Bool {
        guard !isConfirmed(operation) else { return false }
        if records[operation]?.count == 0 { return !isLast }
        switch probes[operation] {
        case nil:
            probes[operation] = .some(server)
            return true
        case .some(let prober): return prober == server
        }
    }

    /// Notes that an action was still open at this age, in seconds: the duration is not many times shorter than known.
    mutating func seenOpen(_ operation: Operation.Name, on server: String, age: Double) {
        guard age > ServerQueue.probe * estimate(operation).mean else { return }
        if let record = records[operation], record.count > 0 { confirmed.insert(operation) }
        if probes[operation] == .some(server) { probes[operation] = .some(nil) }
    }
}
