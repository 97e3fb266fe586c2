/// When a request is sent again, and how long after.
///
/// Only what certainly was not executed is repeated: requests that were never sent, and those that the API refused with
/// 429. Everything ambiguous goes back to the caller, who can look whether it was done.
public struct RetryPolicy: Hashable, Sendable {
    /// How often a request is sent at most, the first time included.
    ///
    /// With the delays below, six tries span about 8 seconds in the mean and 15.5 at most: a restarting server or a
    /// change of network.
    public var attempts = 6

    /// What the first delay is drawn from, up to: random from 0 to this, and twice as much each further time.
    public var firstDelay: Duration = .milliseconds(500)

    /// Where the doubling ends: later tries come no further apart than people would try themselves.
    public var longestDelay: Duration = .seconds(30)

    /// The longest `Retry-After` that is kept to the letter; a longer one is cut to this.
    ///
    /// Nobody watches a silent terminal for more than five minutes.
    public var longestRetryAfter: Duration = .seconds(300)

    /// The longest a call takes, all its tries and pauses together.
    ///
    /// A pause that would end later is not begun.
    public var longestCall: Duration = .seconds(600)

    /// Extra requests in a run for each request, at most: when everything fails, trying again makes it worse.
    public var extraShare = 0.2

    /// Extra requests in a run that are always granted, so that a short run can sit out a restart too.
    public var extraFloor = 10

    /// The policy as it stands above.
    public init() {}

    /// The pause before the next try where nobody asks for another one.
    ///
    /// - `failures`: how many tries have failed, at least 1.
    /// - `random`: from 0 up to, but not including, 1. The whole range is used, so that callers that failed together do
    ///   not come back together.
    func delay(after failures: Int, random: Double) -> Duration {
        // Twenty doublings of any sensible first delay are beyond the longest one.
        let doubled = firstDelay * (1 << min(max(failures - 1, 0), 20))
        return min(longestDelay, doubled) * random
    }
}
