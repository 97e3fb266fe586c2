public import Groundwork

/// The failure of a request to an external API that got no response.
///
/// ```swift
/// func mayRepeat(_ failure: WebFailure) -> Bool {
///     if let hint = failure.hint { print("\(failure.message): \(hint)") }
///     return failure.delivery == .notSent && !failure.isPermanent
/// }
/// ```
public struct WebFailure: Error, Hashable, Sendable {
    /// The kind of failure, by the code that errors have.
    public enum Code: String, Hashable, Sendable {
        /// The request must not be sent: the host is not allowed, or leads into this machine's network.
        case refused = "http_refused"
        /// No connection was made.
        case notConnected = "not_connected"
        /// The request exceeded its timeout.
        case timedOut = "timed_out"
        /// The connection ended before the whole response arrived.
        case connectionLost = "connection_lost"
        /// The response is larger than the limit.
        case replyTooLarge = "reply_too_large"
        /// The response is not HTTP.
        case unreadableReply = "unreadable_reply"
        /// The run was cancelled.
        case cancelled
    }

    /// The kind of failure.
    public let code: Code
    /// A description of the failure in one line, without secrets.
    public let message: String
    /// A remedy for the user; `nil` if none is known.
    public let hint: String?
    /// Whether the host may have executed the request.
    public let delivery: Delivery
    /// Whether another attempt is pointless.
    public let isPermanent: Bool

    /// Creates a failure.
    public init(
        _ code: Code, _ message: String, hint: String? = nil, delivery: Delivery, isPermanent: Bool = false
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.delivery = delivery
        self.isPermanent = isPermanent
    }
}

/// A check just before a request is sent, which throws if the request must not be sent.
public typealias WebQuestion = @Sendable () async throws(WebFailure) -> Void
