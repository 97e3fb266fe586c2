/// The announcement that a request to another API will be sent again.
///
/// ```swift
/// func announce(_ retry: WebRetry) {
///     print("\(retry.host): \(retry.reason) (\(retry.failures) tries), next try in \(retry.delay.shortText)")
/// }
/// ```
public struct WebRetry: Sendable {
    /// The host of the request.
    public let host: String
    /// The number of failed attempts.
    public let failures: Int
    /// The pause before the next attempt.
    public let delay: Duration
    /// The reason for the retry.
    public let reason: String
}
