internal import ServerPilot
internal import ServerPilotSimulator

/// In which ways time may decide while a recipe runs: which of them are tried, and how many are not.
///
/// All facts at once, each alone, and all but one: recipes decide about one app at a time, so these show what each fact
/// makes of the plan and whether one depends on another.
struct TrialSchedule {
    /// Trials of one recipe, the first included.
    ///
    /// A trial takes as long as the recipe's own computing; the account is not asked again.
    static let mostTrials = 32
    /// Facts that are tried one by one.
    static let mostAlone = 6
    /// Readings of one resource between which a fact may come to hold.
    static let mostReadings = 6

    /// The ways to try.
    let foresights: [Foresight]
    /// How many more there would have been.
    let left: Int

    /// - Parameter readings: what the first trial has met.
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
            // Not while the recipe reads it as often as in the first trial.
            ways.append(Foresight(others: most))
            left += most - Self.mostReadings - 1
        }
        foresights = Array(ways.prefix(Self.mostTrials - 1))
        self.left = left + ways.count - foresights.count
    }
}
