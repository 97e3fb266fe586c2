internal import Groundwork
internal import ServerPilot

/// The attempts of one request as a state machine: after each failure it returns the next step.
struct RetrySequence {
    /// The reason why an attempt failed.
    enum Setback: Hashable {
        /// The request was not sent, and may be sent again.
        case notSent
        /// The API refused the request for now, and may have said for how long.
        case throttled(retryAfter: Duration?)
        /// The request may have been executed, would fail again, or was cancelled.
        case final
    }

    /// The next step.
    enum Step: Hashable {
        /// Wait, then send the request again.
        case retry(after: Duration)
        /// Return the failure.
        case giveUp(GiveUp)
    }

    /// The reason for returning a failure.
    enum GiveUp: String, Hashable {
        case final
        case attempts
        case time
        case budget
    }

    private let policy: RetryPolicy
    private(set) var failures = 0

    init(policy: RetryPolicy) { self.policy = policy }

    /// Records a failed attempt and returns the next step.
    ///
    /// - `elapsed`: the time since the first attempt began.
    /// - `random`: from 0 up to, but not including, 1.
    /// - `budget`: the budget of the run; a retry takes one extra request from it.
    mutating func failed(
        _ setback: Setback, elapsed: Duration, random: Double, budget: inout RetryBudget
    ) -> Step {
        failures += 1
        let wait: Duration
        switch setback {
        case .final: return .giveUp(.final)
        case .throttled(let retryAfter?): wait = min(retryAfter, policy.longestRetryAfter)
        case .notSent, .throttled(nil): wait = policy.delay(after: failures, random: random)
        }
        guard failures < policy.attempts else { return .giveUp(.attempts) }
        guard elapsed + wait < policy.longestCall else { return .giveUp(.time) }
        guard budget.takeExtra(policy) else { return .giveUp(.budget) }
        return .retry(after: wait)
    }
}

extension RetrySequence.Setback {
    /// Creates the setback for a failure of a transport.
    init(_ error: ServerPilotError) {
        switch error.delivery {
        case .throttled: self = .throttled(retryAfter: error.retryAfter)
        case .notSent where error.code == .notConnected && error.connectionFailure?.isPermanent != true:
            self = .notSent
        default: self = .final
        }
    }
}
