public import HTTPTypes
public import ServerPilot

/// The announcement that a request will be sent again, for progress output and for counting.
///
/// ```swift
/// func announce(_ event: RetryEvent) {
///     switch event.reason {
///     case .throttled: print("\(event.path): too many requests, next try in \(event.delay.shortText)")
///     case .notSent(let error): print("\(event.path): \(error.message), next try in \(event.delay.shortText)")
///     }
/// }
/// ```
public struct RetryEvent: Sendable {
    /// The reason for the retry.
    public enum Reason: Sendable {
        /// The request could not be sent.
        case notSent(ServerPilotError)
        /// The API answered 429.
        case throttled
    }

    /// The HTTP method of the request.
    public let method: HTTPRequest.Method
    /// The path of the request below the API's base URL.
    public let path: String
    /// The number of failed attempts.
    public let failures: Int
    /// The pause before the next attempt.
    public let delay: Duration
    /// The reason for the retry.
    public let reason: Reason
}
