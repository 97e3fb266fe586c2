/// When to ask next how an action stands.
///
/// Asking more seldom the older the action is keeps the delay a fixed share of its length; knowing how long the
/// operation took before on that server saves the polls before that.
struct PollSchedule {
    /// The share of its age that an action may have been over unnoticed.
    static let share = 0.25
    /// No two polls are closer, once it is known about when the action ends: clients in the field keep to 1–5
    /// requests a second.
    static let shortest: Duration = .seconds(1)
    /// No two polls are closer while that is not known: actions take from some seconds to a minute.
    static let shortestUnknown: Duration = .seconds(2)
    /// No two polls are farther apart, so that a long action's end is still seen soon.
    static let longest: Duration = .seconds(15)

    /// How long such an action took before, where that is known.
    let expected: Duration?

    /// How long to wait before the next poll of an action of that age.
    func pause(atAge age: Duration) -> Duration {
        guard let expected else { return min(max(age * Self.share, Self.shortestUnknown), Self.longest) }
        // The first poll comes when the last such action had ended; what takes longer is asked more often at first.
        if age < expected { return max(Self.shortest, expected - age + .milliseconds(50)) }
        return min(max((age - expected) * Self.share, Self.shortest), Self.longest)
    }
}
