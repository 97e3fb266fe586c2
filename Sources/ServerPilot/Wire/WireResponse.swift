public import HTTPTypes

/// An HTTP response as a value: what every `Transport` gives.
public struct WireResponse: Hashable, Sendable {
    /// The status.
    public var status: HTTPResponse.Status
    /// Header fields.
    public var headers: HTTPFields
    /// The whole body.
    public var body: [UInt8]

    /// A response.
    public init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// How long the server asks to wait before the next try, from `Retry-After` in seconds or as a date.
    ///
    /// A date counts from the response's own `Date`. `nil` where the field is missing or has no known form.
    public var retryAfter: Duration? { RetryAfter.wait(headers[.retryAfter], date: headers[.date]) }
}
