internal import ServerPilot

/// The tries of one request, as a value: told of each failure, it says what to do next.
struct RetrySequence {
    /// Why a try failed.
    enum Setback: Hashable {
        /// It was not sent, and may be sent another time.
        case notSent
        /// The API refused it for now, and may have said for how long.
        case throttled(retryAfter: Duration?)
        /// It may have been done, will fail again, or was not wanted any more.
        case final
    }

    /// What to do next.
    enum Step: Hashable {
        /// Wait, then send it again.
        case retry(after: Duration)
        /// The failure stands.
        case giveUp(GiveUp)
    }

    /// Why a failure stands.
    enum GiveUp: String, Hashable {
        case final
        case attempts
        case time
        case budget
    }

    private let policy: RetryPolicy
    private(set) var failures = 0

    init(policy: RetryPolicy) { self.policy = policy }

    /// A try has failed.
    ///
    /// - `elapsed`: since the first try began.
    /// - `random`: from 0 up to, but not including, 1.
    /// - `budget`: the run's; one extra request is taken from it where the step is to retry.
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
    /// What a failure of a transport means for trying again.
    init(_ error: ServerPilotError) {
        switch error.delivery {
        case .throttled: self = .throttled(retryAfter: error.retryAfter)
        case .notSent where error.code == .notConnected && error.connectionFailure?.isPermanent != true:
            self = .notSent
        default: self = .final
        }
    }
}
