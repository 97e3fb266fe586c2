public import HTTPTypes

/// An HTTP request as a value, which every `Transport` takes.
///
/// ```swift
/// let request = WireRequest(
///     method: .post, path: "/sysusers",
///     body: JSONValue.object(["serverid": "nlcN0TwdZAyNEgdp", "name": "acme"]).bytes)
/// ```
public struct WireRequest: Hashable, Sendable {
    /// The method.
    public var method: HTTPRequest.Method
    /// The path below the API's base URL, with a leading slash and without a query: `/apps/nlcN0TwdZAyNEgdp`.
    public var path: String
    /// The header fields; the transport adds the credentials.
    public var headers: HTTPFields
    /// The body; empty if there is none.
    public var body: [UInt8]
    /// Whether the transport may send the request again after a 429.
    ///
    /// If not, the transport returns the 429 to its caller, who first reads the account.
    public var repeatsWhenThrottled = true

    /// Creates a request.
    public init(method: HTTPRequest.Method, path: String, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}
