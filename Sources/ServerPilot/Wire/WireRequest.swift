public import HTTPTypes

/// An HTTP request as a value: what every `Transport` takes.
public struct WireRequest: Hashable, Sendable {
    /// The method.
    public var method: HTTPRequest.Method
    /// The path below the API's base, beginning with a slash and without query: `/apps/nlcN0TwdZAyNEgdp`.
    public var path: String
    /// Header fields; the credentials are added by the transport that knows them.
    public var headers: HTTPFields
    /// The body, empty where there is none.
    public var body: [UInt8]
    /// Whether the transport may send it again after a 429.
    ///
    /// Where not, the 429 is the caller's, who looks first at what exists.
    public var repeatsWhenThrottled = true

    /// A request.
    public init(method: HTTPRequest.Method, path: String, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}
