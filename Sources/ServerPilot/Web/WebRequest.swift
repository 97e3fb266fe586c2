internal import Groundwork

/// A header field of a web request or response.
public struct WebField: Hashable, Sendable {
    /// The name, in lower case.
    public let name: String
    /// The value.
    public let value: String

    /// Creates a field; `nil` if HTTP does not allow the name or the value.
    public init?(_ name: String, _ value: String) {
        let marks = Set("!#$%&'*+-.^_`|~".utf8)
        guard !name.isEmpty,
            name.utf8.allSatisfy({ byte in
                marks.contains(byte) || byte.isLetterOrDigit
            }),
            value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) })
        else { return nil }
        self.name = name.lowercased()
        self.value = value
    }
}

/// A request to an external API, as a value.
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

/// A response from the web, as a value.
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
