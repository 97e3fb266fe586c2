/// The bounds of one effect, each with its reason.
enum EffectLimits {
    /// Pauses before looking whether a request that got no answer was done: the first may still be in flight.
    static let settling: [Duration] = [.seconds(2), .seconds(5)]
    /// The longest that a creation which was refused for now waits before it is looked for, whatever the API asks for.
    static let coolingDown = Duration.seconds(300)
    /// So often what falls with a deletion is asked about again, because more was found in the instant before it.
    static let deletionQuestions = 5
    /// So often an effect is begun without coming to an outcome before the run stops, crashes counted: what fails five
    /// times the same way fails the sixth.
    static let attempts = 5
    /// So often looking is tried before the run ends unfinished, to be resumed when ServerPilot answers again.
    static let looks = 4
    /// Pauses between looks that failed.
    static let lookPause = Duration.seconds(3)
    /// A request that is sent later than this after the store was last asked is sent only once the account is known to be
    /// the run's still: the process may have stood still, and another have taken over.
    static let standstill = Duration.seconds(1)
    /// So often the store is asked before one request: each answer that comes later than a standstill is asked for again.
    static let permitChecks = 3
}
