internal import Groundwork

/// A request to an external API, as a value.
///
/// ```swift
/// func request(token: Secret<String>, body: JSONValue) throws -> WebRequest {
///     WebRequest(
///         method: "POST", address: try WebAddress("https://api.example/v2/droplets"),
///         fields: [WebField("authorization", "Bearer \(token.reveal())")].compactMap(\.self),
///         sensitive: ["authorization"], body: body.bytes, timeout: .seconds(30),
///         grants: WebGrants(hosts: ["api.example"]), isRepeatable: false)
/// }
/// ```
public struct WebRequest: Hashable, Sendable {
    /// The method, in upper case.
    public var method: String
    /// The address of the request.
    public var address: WebAddress
    /// The header fields.
    public var fields: [WebField]
    /// The names of fields that are removed before a redirect to another origin.
    public var sensitive: Set<String>
    /// The body.
    public var body: [UInt8]
    /// The timeout for the whole request, redirects included.
    public var timeout: Duration
    /// The hosts that the request may reach, redirects included.
    public var grants: WebGrants
    /// Whether sending the request twice has the same effect as sending it once.
    public var isRepeatable: Bool

    /// Creates a request.
    public init(
        method: String, address: WebAddress, fields: [WebField] = [], sensitive: Set<String> = [], body: [UInt8] = [],
        timeout: Duration, grants: WebGrants, isRepeatable: Bool
    ) {
        self.method = method
        self.address = address
        self.fields = fields
        self.sensitive = sensitive
        self.body = body
        self.timeout = timeout
        self.grants = grants
        self.isRepeatable = isRepeatable
    }
}
