/// The conditions and delays for sending a request again.
///
/// Only requests that certainly were not executed are repeated: requests that were never sent, and those that the API
/// refused with 429. Every ambiguous failure goes back to the caller, who can check whether the request was executed.
///
/// ```swift
/// var policy = RetryPolicy()
/// policy.attempts = 3
/// policy.longestCall = .seconds(60)
/// ```
public struct RetryPolicy: Hashable, Sendable {
    /// The maximum number of attempts, including the first.
    ///
    /// With the delays below, six attempts span about 8 seconds on average and at most 15.5. That covers a server
    /// restart or a change of network.
    public var attempts = 6

    /// The upper bound of the first delay, which is random from 0; the bound doubles with each further attempt.
    public var firstDelay: Duration = .milliseconds(500)

    /// The upper bound of all delays: people would not wait longer between attempts themselves.
    public var longestDelay: Duration = .seconds(30)

    /// The longest `Retry-After` that is followed exactly; a longer value is cut to this.
    ///
    /// People do not watch a silent terminal for more than five minutes.
    public var longestRetryAfter: Duration = .seconds(300)

    /// The time within which the last attempt must begin, counted from the start of the first.
    ///
    /// A pause that would end later does not begin.
    public var longestCall: Duration = .seconds(600)

    /// The maximum of extra requests in a run, as a share of its requests: if everything fails, retries add load.
    public var extraShare = 0.2

    /// The extra requests that a run may always send, so that a short run survives a restart too.
    public var extraFloor = 10

    /// Creates a policy with the default values.
    public init() {}

    /// Returns the pause before the next attempt, if the server did not ask for another.
    ///
    /// - `failures`: the number of failed attempts, at least 1.
    /// - `random`: from 0 up to, but not including, 1. The pause uses the whole range, so that callers that failed
    ///   together do not retry together.
    func delay(after failures: Int, random: Double) -> Duration {
        // Twenty doublings of any sensible first delay exceed the longest delay.
        let doubled = firstDelay * (1 << min(max(failures - 1, 0), 20))
        return min(longestDelay, doubled) * random
    }
}
