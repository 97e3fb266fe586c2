/// When to ask next how an action stands.
///
/// Where its end can be foreseen, the next poll comes then. Else, asking more seldom the older it is keeps the delay a
/// fixed share of its length.
enum PollSchedule {
    /// The share of its age, or of the time that it is overdue, that an action may have been over unnoticed.
    static let share = 0.25
    /// No two polls are closer: clients in the field keep to 1–5 requests a second.
    static let shortest: Duration = .seconds(1)
    /// No two polls are closer while nothing is known of the end: actions take from some seconds to a minute.
    static let shortestUnknown: Duration = .seconds(2)
    /// No two polls are farther apart while the end is near or unknown, so that it is still seen soon.
    static let longest: Duration = .seconds(15)
    /// No two polls are farther apart in a long queue, whose end is foreseen from many guesses.
    static let longestForeseen: Duration = .seconds(300)

    /// How long to wait before the next poll.
    ///
    /// - Parameters:
    ///   - age: since the action was queued.
    ///   - remaining: how long it still takes, as far as is known; negative when it is overdue.
    /// - Returns: the pause.
    static func pause(age: Duration, remaining: Duration?) -> Duration {
        guard let remaining else { return min(max(age * share, shortestUnknown), longest) }
        if remaining > .zero {
            // A little later than foreseen rather than a little earlier, which would cost one more poll.
            return min(max(remaining + .milliseconds(50), shortest), longestForeseen)
        }
        return min(max(.zero - remaining * share, shortest), longest)
    }
}
