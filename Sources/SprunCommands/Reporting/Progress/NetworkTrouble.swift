internal import Groundwork
internal import ServerPilotClient

/// Requests that fail and are sent again.
struct NetworkTrouble {
    /// A failed attempt that will be followed by another.
    struct Retry {
        /// The reason for the failure.
        let reason: String
        /// The number of failed attempts of the request.
        let failures: Int
        /// The pause before the next attempt.
        let delay: Duration
    }

    let began: ProgressModel.Moment
    /// The reason for the last failure.
    private(set) var reason = ""
    /// The number of attempts, failed or not.
    private(set) var tries = 0
    /// The number of requests that failed at least once.
    private(set) var requests = 0
    /// The time of the next attempt.
    private(set) var next: ProgressModel.Moment?
    /// Whether a request got a reply.
    private(set) var gotReply = false
    private var open = 0

    init(began: ProgressModel.Moment) { self.began = began }

    /// Whether no request waits for another attempt.
    var isOver: Bool { open <= 0 }

    mutating func take(_ retry: Retry, at now: ProgressModel.Moment) {
        reason = retry.reason
        tries += 1
        if retry.failures == 1 { (requests, open) = (requests + 1, open + 1) }
        next = now + retry.delay
    }

    mutating func take(_ end: RetryEnd) {
        open -= 1
        if end != .cancelled { tries += 1 }
        if end == .replied { gotReply = true }
    }

    /// The number of attempts in words: `12 tries of 5 requests`.
    var count: String { "\(tries) \(tries == 1 ? "try" : "tries")\(requests > 1 ? " of \(requests) requests" : "")" }
}
