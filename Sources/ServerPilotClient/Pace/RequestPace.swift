internal import Groundwork

/// The pace of a run's requests, as a value: when the next request may be sent.
///
/// It follows the rate that the caller sets. It also learns from the API. After a 429, all requests wait for as long as the
/// API asks. If more requests are refused than chance explains, later seconds have at most as many as the API accepted
/// in one. After five minutes, and then after longer, it tries a little more. After several failures in a row, all
/// requests wait, longer with each failure.
struct RequestPace {
    /// The meaning of a reply for the pace.
    enum Outcome: Hashable {
        /// The API executed or refused the request for a reason that is not the pace.
        case normal
        /// 429, with the wait that the API asks for.
        case throttled(retryAfter: Duration?)
        /// 5xx, or no connection.
        case failed
        /// The request was not sent, for a reason of the caller.
        case unsent
    }

    /// A rate that the API was seen to accept.
    private struct Limit {
        var rate: Double
        let learned: Timestamp
        var nextTrial: Timestamp
        var isOnTrial = false
    }

    /// The window in which requests are counted.
    private static let second: Duration = .seconds(1)
    /// The share of a learned rate that is used, since requests arrive less evenly than they are sent.
    private static let reserve = 0.9
    /// The time until a learned rate is exceeded again by a little, to see whether it still holds.
    private static let trial: (first: Duration, longest: Duration) = (.seconds(300), .seconds(3600))
    /// The growth of a learned rate in a trial.
    private static let growth = 1.25
    /// The factor by which a learned rate falls if requests are refused nevertheless.
    private static let decrease = 0.8
    /// The share of refused requests that can be chance, and says nothing of the rate.
    private static let chance = 0.1
    private static let memory = 200
    /// The failures in a row after which all requests wait: one or two can be chance.
    private static let patience = 3
    /// The first and the longest wait after failures in a row.
    private static let waits: (first: Duration, longest: Duration) = (.milliseconds(500), .seconds(30))
    /// The longest wait that a 429 can ask of the whole run; see `RetryPolicy.longestRetryAfter`.
    private static let longestPause: Duration = .seconds(300)

    /// The most requests a second; `nil` for no limit.
    let rate: Double?
    /// The rate that the API accepted; `nil` if it refused no more than chance explains.
    private var limit: Limit?
    private var trialPause = trial.first
    /// No request is sent before.
    private(set) var paused: Timestamp?
    private var lastSent: Timestamp?
    /// The times of the requests of the last two seconds, and of those among them that were refused.
    private var sent: [Timestamp] = []
    private var refused: [Timestamp] = []
    /// The requests and the refusals since the rate was learned, with half the weight after each `memory` requests.
    private var (requests, refusals) = (0, 0)
    private var failures = 0

    init(rate: Double? = nil) { self.rate = rate }

    /// The requests a second that the API was seen to accept; `nil` if it refused no more than chance explains.
    var learned: Double? { limit?.rate }

    /// Returns the earliest time of the next request.
    func next(now: Timestamp) -> Timestamp {
        var time = max(now, paused ?? now)
        if let lastSent, let most = [rate, learned.map { $0 * Self.reserve }].compactMap(\.self).min() {
            time = max(time, lastSent + .seconds(1 / most))
        }
        return time
    }

    /// Notes that a request is sent.
    mutating func sends(at now: Timestamp) {
        lastSent = now
        sent.append(now)
        requests += 1
        if requests > Self.memory { (requests, refusals) = (requests / 2, refusals / 2) }
        forget(before: now)
        if let known = limit, now >= known.nextTrial {
            limit = Limit(
                rate: known.rate * Self.growth, learned: known.learned, nextTrial: now + trialPause, isOnTrial: true)
            (requests, refusals) = (0, 0)
        }
    }

    private mutating func forget(before now: Timestamp) {
        let start = now + (.zero - Self.second * 2)
        sent.removeAll { $0 <= start }
        refused.removeAll { $0 <= start }
    }

    /// Notes the outcome of a request that was sent at a time.
    mutating func ended(_ outcome: Outcome, sent time: Timestamp, at now: Timestamp) {
        switch outcome {
        case .normal: failures = 0
        case .unsent: sent.removeAll { $0 == time }
        case .failed:
            failures += 1
            guard failures >= Self.patience else { return }
            let doubled = Self.waits.first * (1 << min(failures - Self.patience, 10))
            pause(until: now + min(doubled, Self.waits.longest))
        case .throttled(let retryAfter):
            failures = 0
            refused.append(time)
            refusals += 1
            let start = time + (.zero - Self.second)
            let (all, bad) = (sent.count { $0 > start && $0 <= time }, refused.count { $0 > start && $0 <= time })
            let accepted = Double(max(all - bad, 1))
            if let known = limit, time <= known.learned {
                // It was sent before the rate was learned, in the same burst.
                limit?.rate = min(known.rate, accepted)
            } else if refusals > 1, Double(refusals) > Self.chance * Double(requests) {
                learn(accepted, at: now)
            }
            pause(until: now + min(retryAfter ?? Self.second, Self.longestPause))
        }
    }

    private mutating func learn(_ rate: Double, at now: Timestamp) {
        if limit?.isOnTrial == true { trialPause = min(trialPause * 2, Self.trial.longest) }
        let rate = limit.map { min(rate, $0.rate * Self.decrease) } ?? rate
        limit = Limit(rate: rate, learned: now, nextTrial: now + trialPause)
        (requests, refusals) = (0, 0)
    }

    private mutating func pause(until time: Timestamp) { paused = max(time, paused ?? time) }
}
