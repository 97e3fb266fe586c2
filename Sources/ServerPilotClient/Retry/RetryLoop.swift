internal import Groundwork
internal import Synchronization

/// Sends a request again as long as a `RetryPolicy` allows; it keeps the budget of the run.
final class RetryLoop: Sendable {
    /// The result of one attempt.
    enum Attempt<Reply, Failure: Error, Reason> {
        /// The reply.
        case done(Reply)
        /// A reply or failure after which another attempt may follow, and the reason for it.
        case failed(Result<Reply, Failure>, RetrySequence.Setback, Reason)
    }

    private let policy: RetryPolicy
    private let time: any TimeSource
    private let random: @Sendable () -> Double
    private let budget = Mutex(RetryBudget())

    /// Creates a loop with a full budget.
    ///
    /// - Parameters:
    ///   - policy: the number and delays of retries.
    ///   - time: the clock for the pauses and the duration of calls.
    ///   - random: returns a new number from 0 up to, but not including, 1.
    init(policy: RetryPolicy, time: any TimeSource, random: @escaping @Sendable () -> Double) {
        self.policy = policy
        self.time = time
        self.random = random
    }

    /// The numbers of requests and retries so far.
    var counts: RetryBudget { budget.withLock { $0 } }

    /// Makes attempts until one is done, or the policy ends them.
    ///
    /// - Parameters:
    ///   - attempt: makes one attempt; gets its number, from 1.
    ///   - onRetry: called before each pause.
    ///   - onEnd: called at the end if there were retries.
    ///   - cancelled: the failure if the task is cancelled during a pause.
    /// - Returns: the reply of the last attempt.
    /// - Throws: the failure of the last attempt, or `cancelled`.
    func run<Reply, Failure: Error, Reason>(
        _ attempt: (_ number: Int) async -> Attempt<Reply, Failure, Reason>,
        onRetry: (_ failures: Int, _ delay: Duration, Reason) -> Void, onEnd: (RetryEnd) -> Void,
        cancelled: () -> Failure
    ) async throws(Failure) -> Reply {
        budget.withLock { $0.requestBegan() }
        let began = time.steady
        var sequence = RetrySequence(policy: policy)
        var (isRetried, end) = (false, RetryEnd.failed)
        defer { if isRetried { onEnd(end) } }
        // Ends after `policy.attempts` at the latest.
        while true {
            let outcome: Result<Reply, Failure>
            let setback: RetrySequence.Setback
            let reason: Reason
            switch await attempt(sequence.failures + 1) {
            case .done(let reply):
                end = .replied
                return reply
            case .failed(let result, let cause, let words): (outcome, setback, reason) = (result, cause, words)
            }
            let elapsed = time.steady - began
            let draw = random()
            let step = budget.withLock { budget in
                sequence.failed(setback, elapsed: elapsed, random: draw, budget: &budget)
            }
            guard case .retry(let delay) = step else { return try outcome.get() }
            isRetried = true
            onRetry(sequence.failures, delay, reason)
            do {
                try await time.sleep(for: delay)
            } catch {
                budget.withLock { $0.returnExtra() }
                end = .cancelled
                throw cancelled()
            }
        }
    }
}
