/// The known state of a failed request, which decides whether it may be sent again.
///
/// ```swift
/// func mayRepeat(_ delivery: Delivery) -> Bool {
///     switch delivery {
///     case .notSent, .throttled: true
///     case .rejected: false   // it would be refused again
///     case .ambiguous: false  // first look whether it was executed
///     }
/// }
/// ```
public enum Delivery: String, Hashable, Sendable {
    /// The request certainly did not reach the API: name not resolved, no connection, connection refused, or no TLS.
    case notSent
    /// The API answered that it did not execute the request.
    case rejected
    /// The API answered that it did not execute the request, because of too many requests.
    case throttled
    /// The API may have executed the request: lost connection, timeout, any 5xx, or an unreadable response.
    case ambiguous
}
