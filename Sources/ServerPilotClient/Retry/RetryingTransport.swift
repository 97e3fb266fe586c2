public import Groundwork
internal import HTTPTypes
public import ServerPilot

/// A transport that follows a `RetryPolicy` and sends again only requests that certainly were not executed.
///
/// It also keeps the pace of all requests: at most `rate` a second, and no more than the API was seen to accept. After a
/// 429, all requests wait for as long as the API asks. After several failures in a row, all wait, longer with each.
///
/// Each run needs its own, because the budget of extra requests and the pace belong to the run.
///
/// ```swift
/// func account(over transport: HTTPTransport) -> ServerPilotAccount {
///     let retrying = RetryingTransport(transport, onRetry: { print("retry \($0.failures) of \($0.path)") })
///     return ServerPilotAccount(transport: retrying)
/// }
/// ```
public final class RetryingTransport: Transport {
    /// The numbers of requests and retries so far.
    public struct Counts: Hashable, Sendable {
        /// The number of requests, each counted once however often it was sent.
        public let requests: Int
        /// The number of extra attempts.
        public let retries: Int
    }

    private let base: any Transport
    private let loop: RetryLoop
    private let pacer: RequestPacer
    private let onRetry: @Sendable (RetryEvent) -> Void
    private let onEnd: @Sendable (RetryEnd) -> Void

    /// Wraps a transport.
    ///
    /// - `time`: the clock for the pauses and the duration of calls.
    /// - `random`: returns a new number from 0 up to, but not including, 1.
    /// - `rate`: the most requests a second; no limit by default.
    /// - `onRetry`: called before each pause; it must not block.
    /// - `onEnd`: called when a request that was sent again has ended; it must not block.
    public init(
        _ base: any Transport, policy: RetryPolicy = RetryPolicy(), time: any TimeSource = SystemClock(),
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }, rate: Double? = nil,
        onRetry: @escaping @Sendable (RetryEvent) -> Void = { _ in },
        onEnd: @escaping @Sendable (RetryEnd) -> Void = { _ in }
    ) {
        self.base = base
        loop = RetryLoop(policy: policy, time: time, random: random)
        pacer = RequestPacer(time: time, rate: rate)
        self.onRetry = onRetry
        self.onEnd = onEnd
    }

    /// The numbers of requests and retries so far.
    public var counts: Counts {
        let counts = loop.counts
        return Counts(requests: counts.requests, retries: counts.extra)
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
        try await loop.run { number in
            do throws(ServerPilotError) {
                let response = try await paced(request, asking: question)
                guard response.status == .tooManyRequests, request.repeatsWhenThrottled else { return .done(response) }
                return .failed(.success(response), .throttled(retryAfter: response.retryAfter), .throttled)
            } catch {
                return .failed(.failure(error.afterTries(number)), RetrySequence.Setback(error), .notSent(error))
            }
        } onRetry: { failures, delay, reason in
            onRetry(
                RetryEvent(
                    method: request.method, path: request.path, failures: failures, delay: delay, reason: reason))
        } onEnd: { end in
            onEnd(end)
        } cancelled: {
            ServerPilotError(
                code: .cancelled, message: "cancelled while waiting to try again; the request was not executed",
                delivery: .notSent)
        }
    }
}

extension RetryingTransport {
    /// Sends a request once its turn has come.
    private func paced(
        _ request: WireRequest, asking question: SendQuestion
    ) async throws(ServerPilotError) -> WireResponse {
        guard let sent = await pacer.enter() else {
            throw ServerPilotError(
                code: .cancelled, message: "cancelled before the request was sent", delivery: .notSent)
        }
        do throws(ServerPilotError) {
            let response = try await base.send(request, asking: question)
            pacer.leave(RequestPace.Outcome(response), sent: sent)
            return response
        } catch {
            pacer.leave(RequestPace.Outcome(error), sent: sent)
            throw error
        }
    }
}

extension RequestPace.Outcome {
    fileprivate init(_ response: WireResponse) {
        switch response.status.code {
        case 429: self = .throttled(retryAfter: response.retryAfter)
        case 500...: self = .failed
        default: self = .normal
        }
    }

    fileprivate init(_ error: ServerPilotError) {
        switch error.code {
        case .notConnected, .connectionLost, .timedOut: self = .failed
        default: self = error.delivery == .notSent ? .unsent : .normal
        }
    }
}

extension ServerPilotError {
    /// Returns the same failure, with the number of attempts in its message.
    fileprivate func afterTries(_ count: Int) -> ServerPilotError {
        guard count > 1 else { return self }
        return ServerPilotError(
            code: code, message: "\(message) (\(count) tries of this request)", status: status, operation: operation,
            delivery: delivery, retryAfter: retryAfter, problems: problems, cause: cause)
    }
}
