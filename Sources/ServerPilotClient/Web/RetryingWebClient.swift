public import Groundwork
public import ServerPilot
internal import Synchronization

/// A web client that follows a `RetryPolicy` and sends again only requests that certainly were not executed.
///
/// These are requests that could not be sent, and those refused with 429. A repeatable request is also sent again after
/// a 503 with a time to wait.
public final class RetryingWebClient: WebClient {
    private let base: any WebClient
    private let policy: RetryPolicy
    private let time: any TimeSource
    private let random: @Sendable () -> Double
    private let onRetry: @Sendable (_ host: String, _ delay: Duration, _ reason: String) -> Void
    private let budget = Mutex(RetryBudget())

    /// Wraps a client; each run needs its own, because the budget of extra requests belongs to the run.
    ///
    /// - Parameters:
    ///   - base: the client that sends.
    ///   - policy: the number and delays of retries.
    ///   - time: the clock for the pauses.
    ///   - random: returns a new number from 0 up to, but not including, 1.
    ///   - onRetry: called before each pause; it must not block.
    public init(
        _ base: any WebClient, policy: RetryPolicy = RetryPolicy(), time: any TimeSource = SystemClock(),
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        onRetry: @escaping @Sendable (_ host: String, _ delay: Duration, _ reason: String) -> Void = { _, _, _ in }
    ) {
        self.base = base
        self.policy = policy
        self.time = time
        self.random = random
        self.onRetry = onRetry
    }

    /// Sends a request, and again as long as the policy allows.
    public func send(_ request: WebRequest) async throws(WebFailure) -> WebReply { try await send(request) {} }

    /// Sends a request, and again as long as the policy and `question` allow.
    public func send(_ request: WebRequest, asking question: WebQuestion) async throws(WebFailure) -> WebReply {
        budget.withLock { $0.requestBegan() }
        let began = time.steady
        var sequence = RetrySequence(policy: policy)
        // Ends after `policy.attempts` at the latest.
        while true {
            let setback: RetrySequence.Setback
            let reason: String
            let outcome: Result<WebReply, WebFailure>
            do throws(WebFailure) {
                let reply = try await base.send(request, asking: question)
                let isPutOff = reply.status == 503 && reply.retryAfter != nil && request.isRepeatable
                guard reply.status == 429 || isPutOff else { return reply }
                setback = .throttled(retryAfter: reply.retryAfter)
                (reason, outcome) = ("\(request.address.authority) asks to slow down", .success(reply))
            } catch {
                let mayRepeat = error.code == .notConnected && error.delivery == .notSent && !error.isPermanent
                setback = mayRepeat ? .notSent : .final
                (reason, outcome) = (error.message, .failure(error))
            }
            let elapsed = time.steady - began
            let draw = random()
            let step = budget.withLock { budget in
                sequence.failed(setback, elapsed: elapsed, random: draw, budget: &budget)
            }
            guard case .retry(let delay) = step else { return try outcome.get() }
            onRetry(request.address.authority, delay, reason)
            do {
                try await time.sleep(for: delay)
            } catch {
                budget.withLock { $0.returnExtra() }
                throw WebFailure(
                    .cancelled, "cancelled while waiting to try again; the request was not executed",
                    delivery: .notSent)
            }
        }
    }
}
