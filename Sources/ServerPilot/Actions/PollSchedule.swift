/// The schedule of looks at work of which nothing is known: the pause grows with its age, so that the delay in noticing the
/// end stays a fixed share of the duration.
package enum PollSchedule {
    /// The pause as a share of the age; the mean delay is half of it.
    package static let share = 0.12
    /// The minimum pause: actions take from some seconds to a minute.
    package static let shortest: Duration = .seconds(2)
    /// The maximum pause.
    package static let longest: Duration = .seconds(15)
    /// The pause after the first of several failed looks; it grows with each.
    package static let afterFailure: Duration = .seconds(1)

    /// Returns the pause before the next look.
    ///
    /// - Parameter age: the time since the work was queued, or since the wait began.
    /// - Returns: the pause, from `shortest` to `longest`.
    package static func pause(age: Duration) -> Duration { min(max(age * share, shortest), longest) }
}
