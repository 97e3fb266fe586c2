internal import ServerPilot
internal import ServerPilotSimulator

/// The ways in which time may decide while a recipe runs: those to try, and the number of others.
///
/// They are all facts at once, each alone, and all but one. Recipes decide about one app at a time. These ways
/// therefore show the effect of each fact on the plan, and whether one depends on another.
struct TrialSchedule {
    /// The maximum number of trials of a recipe, the first included.
    ///
    /// A trial takes as long as the recipe's own computing. The account is not read again.
    static let mostTrials = 32
    /// The maximum number of facts that are tried one by one.
    static let mostAlone = 6
    /// The maximum number of readings of a resource between which a fact may come to hold.
    static let mostReadings = 6

    /// The ways to try.
    let foresights: [Foresight]
    /// The number of ways that are not tried.
    let left: Int

    /// Creates the schedule.
    ///
    /// - Parameter readings: the timed facts that the first trial read.
    init(_ readings: [TimedReading]) {
        guard !readings.isEmpty else {
            (foresights, left) = ([], 0)
            return
        }
        let most = readings.map(\.count).max() ?? 0
        var ways = [Foresight(others: 0)]
        var left = 0
        if readings.count > 1 {
            let alone = readings.prefix(Self.mostAlone)
            ways += alone.map { Foresight(readings: [$0.subject.place: 0]) }
            ways += alone.map { Foresight(others: 0, exceptions: [$0.subject.place]) }
            left += readings.count - alone.count
        }
        let moments = Array(1...max(1, min(most, Self.mostReadings)))
        ways += moments.map { Foresight(others: $0) }
        if most > Self.mostReadings {
            // Here the fact holds only after as many readings as in the first trial.
            ways.append(Foresight(others: most))
            left += most - Self.mostReadings - 1
        }
        foresights = Array(ways.prefix(Self.mostTrials - 1))
        self.left = left + ways.count - foresights.count
    }
}
