public import Groundwork
internal import HTTPTypes
public import ServerPilot
internal import Synchronization

/// A transport that follows a `RetryPolicy` and sends again only requests that certainly were not executed.
///
/// Each run needs its own, because the budget of extra requests belongs to the run.
public final class RetryingTransport: Transport {
    /// The numbers of requests and retries so far.
    public struct Counts: Hashable, Sendable {
        /// The number of requests, each counted once however often it was sent.
        public let requests: Int
        /// The number of extra attempts.
        public let retries: Int
    }

    private let base: any Transport
    private let policy: RetryPolicy
    private let time: any TimeSource
    private let random: @Sendable () -> Double
    private let onRetry: @Sendable (RetryEvent) -> Void
    private let budget = Mutex(RetryBudget())

    /// Wraps a transport.
    ///
    /// - `time`: the clock for the pauses and the duration of calls.
    /// - `random`: returns a new number from 0 up to, but not including, 1.
    /// - `onRetry`: called before each pause; it must not block.
    public init(
        _ base: any Transport, policy: RetryPolicy = RetryPolicy(), time: any TimeSource = SystemClock(),
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        onRetry: @escaping @Sendable (RetryEvent) -> Void = { _ in }
    ) {
        self.base = base
        self.policy = policy
        self.time = time
        self.random = random
        self.onRetry = onRetry
    }

    /// The numbers of requests and retries so far.
    public var counts: Counts {
        budget.withLock { Counts(requests: $0.requests, retries: $0.extra) }
    }

    /// Sends a request, and again as long as the policy allows.
    ///
    /// - Throws: `ServerPilotError` of the last attempt, with the number of attempts in its message if there were
    ///   several; `cancelled`, not sent, if the task is cancelled during a pause. If the last attempt got a 429, that
    ///   response is returned.
    public func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        try await send(request) {}
    }

    /// Sends a request, and again as long as the policy and `question` allow.
    ///
    /// - Throws: as `send(_:)`, and the errors of `question`.
    public func send(
        _ request: WireRequest, asking question: SendQuestion
    ) async throws(ServerPilotError) -> WireResponse {
        budget.withLock { $0.requestBegan() }
        let began = time.steady
        var sequence = RetrySequence(policy: policy)
        // Ends after `policy.attempts` at the latest.
        while true {
            let reason: RetryEvent.Reason
            let setback: RetrySequence.Setback
            let outcome: Result<WireResponse, ServerPilotError>
            do throws(ServerPilotError) {
                let response = try await base.send(request, asking: question)
                guard response.status == .tooManyRequests, request.repeatsWhenThrottled else { return response }
                (reason, setback) = (.throttled, .throttled(retryAfter: response.retryAfter))
                outcome = .success(response)
            } catch {
                (reason, setback) = (.notSent(error), RetrySequence.Setback(error))
                outcome = .failure(error.afterTries(sequence.failures + 1))
            }
            let elapsed = time.steady - began
            let draw = random()
            let step = budget.withLock { budget in
                sequence.failed(setback, elapsed: elapsed, random: draw, budget: &budget)
            }
            guard case .retry(let delay) = step else { return try outcome.get() }
            onRetry(
                RetryEvent(
                    method: request.method, path: request.path, failures: sequence.failures, delay: delay,
                    reason: reason))
            try await pause(delay)
        }
    }

    private func pause(_ delay: Duration) async throws(ServerPilotError) {
        do {
            try await time.sleep(for: delay)
        } catch {
            budget.withLock { $0.returnExtra() }
            throw ServerPilotError(
                code: .cancelled, message: "cancelled while waiting to try again; the request was not executed",
                delivery: .notSent)
        }
    }
}

extension ServerPilotError {
    /// Returns the same failure, with the number of attempts in its message.
    fileprivate func afterTries(_ count: Int) -> ServerPilotError {
        guard count > 1 else { return self }
        return ServerPilotError(
            code: code, message: "\(message) (tried \(count) times)", status: status, operation: operation,
            delivery: delivery, retryAfter: retryAfter, problems: problems, cause: cause)
    }
}
