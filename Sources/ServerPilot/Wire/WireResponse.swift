public import HTTPTypes

/// An HTTP response as a value, which every `Transport` returns.
///
/// ```swift
/// let response = WireResponse(
///     status: .tooManyRequests, headers: [.retryAfter: "30"], body: Array(#"{"error":{"message":"slow down"}}"#.utf8))
/// print(response.retryAfter ?? .zero)  // 30.0 seconds
/// ```
public struct WireResponse: Hashable, Sendable {
    /// The HTTP status.
    public var status: HTTPResponse.Status
    /// The header fields.
    public var headers: HTTPFields
    /// The whole body.
    public var body: [UInt8]

    /// Creates a response.
    public init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The time that the server asks to wait before the next attempt, from `Retry-After` in seconds or as a date.
    ///
    /// A date counts from the response's own `Date`. `nil` if the field is missing or has no known form.
    public var retryAfter: Duration? { RetryAfter.wait(headers[.retryAfter], date: headers[.date]) }
}
