/// The schedule of polls of an action.
///
/// If the caller can predict the end, the next poll happens then. Otherwise the pause grows with the action's age, so that
/// the delay stays a fixed share of the action's duration.
package enum PollSchedule {
    /// The maximum delay in noticing the end, as a share of the action's age or of its overdue time.
    package static let share = 0.25
    /// The minimum pause between two polls: clients in the field stay within 1–5 requests a second.
    package static let shortest: Duration = .seconds(1)
    /// The minimum pause while the end is unknown: actions take from some seconds to a minute.
    package static let shortestUnknown: Duration = .seconds(2)
    /// The maximum pause while the end is near or unknown, so that the caller soon sees it.
    package static let longest: Duration = .seconds(15)
    /// The maximum pause in a long queue, whose predicted end rests on many guesses.
    package static let longestForeseen: Duration = .seconds(300)

    /// Returns the pause before the next poll.
    ///
    /// - Parameters:
    ///   - age: the time since the action was queued.
    ///   - remaining: the predicted remaining time; negative if overdue, `nil` if unknown.
    /// - Returns: the pause.
    package static func pause(age: Duration, remaining: Duration?) -> Duration {
        guard let remaining else { return min(max(age * share, shortestUnknown), longest) }
        if remaining > .zero {
            // Poll slightly after the predicted end: a poll slightly before it would cost another poll.
            return min(max(remaining + .milliseconds(50), shortest), longestForeseen)
        }
        return min(max(.zero - remaining * share, shortest), longest)
    }
}
