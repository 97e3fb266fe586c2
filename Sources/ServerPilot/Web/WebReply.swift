internal import Groundwork

/// A response from the web, as a value.
///
/// ```swift
/// func items(in reply: WebReply) throws -> [JSONValue] {
///     guard reply.status == 200, reply["content-type"]?.hasPrefix("application/json") == true else { return [] }
///     return try JSONValue(bytes: reply.body).arrayValue ?? []
/// }
/// ```
public struct WebReply: Hashable, Sendable {
    /// The HTTP status.
    public var status: Int
    /// The header fields.
    public var fields: [WebField]
    /// The whole body.
    public var body: [UInt8]

    /// Creates a response.
    public init(status: Int, fields: [WebField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// The value of the first field with a name, which must be in lower case.
    public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The time that the server asks to wait before the next attempt, from `Retry-After` in seconds or as a date.
    ///
    /// A date counts from the response's own `Date`. `nil` if the field is missing or has no known form.
    public var retryAfter: Duration? { RetryAfter.wait(self["retry-after"], date: self["date"]) }
}
