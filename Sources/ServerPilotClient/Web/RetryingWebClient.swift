public import Groundwork
public import ServerPilot

/// A web client that follows a `RetryPolicy` and sends again only requests that certainly were not executed.
///
/// These are requests that could not be sent, and those refused with 429. A repeatable request is also sent again after
/// a 503 with a time to wait.
///
/// ```swift
/// func client(environment: [String: String]) -> any WebClient {
///     let client = HTTPWebClient(environment: environment, version: "1.0")
///     return RetryingWebClient(client, onRetry: { print("\($0.host): \($0.reason)") })
/// }
/// ```
public final class RetryingWebClient: WebClient {
    private let base: any WebClient
    private let loop: RetryLoop
    private let onRetry: @Sendable (WebRetry) -> Void
    private let onEnd: @Sendable (RetryEnd) -> Void

    /// Wraps a client; each run needs its own, because the budget of extra requests belongs to the run.
    ///
    /// - Parameters:
    ///   - base: the client that sends.
    ///   - policy: the number and delays of retries.
    ///   - time: the clock for the pauses.
    ///   - random: returns a new number from 0 up to, but not including, 1.
    ///   - onRetry: called before each pause; it must not block.
    ///   - onEnd: called when a request that was sent again has ended; it must not block.
    public init(
        _ base: any WebClient, policy: RetryPolicy = RetryPolicy(), time: any TimeSource = SystemClock(),
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        onRetry: @escaping @Sendable (WebRetry) -> Void = { _ in },
        onEnd: @escaping @Sendable (RetryEnd) -> Void = { _ in }
    ) {
        self.base = base
        loop = RetryLoop(policy: policy, time: time, random: random)
        self.onRetry = onRetry
        self.onEnd = onEnd
    }

    /// Sends a request, and again as long as the policy allows.
    ///
    /// - Throws: the `WebFailure` of the last attempt; `cancelled`, not sent, if the task is cancelled during a pause. If
    ///   the last attempt got a response, such as a 429, that response is returned.
    public func send(_ request: WebRequest) async throws(WebFailure) -> WebReply { try await send(request) {} }

    /// Sends a request, and again as long as the policy and `question` allow.
    ///
    /// - Throws: as `send(_:)`, and the errors of `question`.
    public func send(_ request: WebRequest, asking question: WebQuestion) async throws(WebFailure) -> WebReply {
        try await loop.run { _ in
            do throws(WebFailure) {
                let reply = try await base.send(request, asking: question)
                let isPutOff = reply.status == 503 && reply.retryAfter != nil && request.isRepeatable
                guard reply.status == 429 || isPutOff else { return .done(reply) }
                return .failed(
                    .success(reply), .throttled(retryAfter: reply.retryAfter),
                    "\(request.address.authority) asks to slow down")
            } catch {
                let mayRepeat = error.code == .notConnected && error.delivery == .notSent && !error.isPermanent
                return .failed(.failure(error), mayRepeat ? .notSent : .final, error.message)
            }
        } onRetry: { failures, delay, reason in
            onRetry(WebRetry(host: request.address.authority, failures: failures, delay: delay, reason: reason))
        } onEnd: { end in
            onEnd(end)
        } cancelled: {
            WebFailure(
                .cancelled, "cancelled while waiting to try again; the request was not executed", delivery: .notSent)
        }
    }
}
