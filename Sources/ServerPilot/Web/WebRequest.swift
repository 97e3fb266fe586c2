/// A header field of a request or a reply on the web.
public struct WebField: Hashable, Sendable {
    /// The name, in lower case.
    public let name: String
    /// The value.
    public let value: String

    /// A field; `nil` where HTTP does not allow the name or the value.
    public init?(_ name: String, _ value: String) {
        let marks = Set("!#$%&'*+-.^_`|~".utf8)
        guard !name.isEmpty,
            name.utf8.allSatisfy({ byte in
                marks.contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            }),
            value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) })
        else { return nil }
        self.name = name.lowercased()
        self.value = value
    }
}

/// A request to somebody else than ServerPilot, as a value.
public struct WebRequest: Hashable, Sendable {
    /// The method, in capitals.
    public var method: String
    /// Whom and what it asks.
    public var address: WebAddress
    /// Header fields.
    public var fields: [WebField]
    /// The names of fields that another origin must not see.
    public var sensitive: Set<String>
    /// The body.
    public var body: [UInt8]
    /// For all of it, redirects included.
    public var timeout: Duration
    /// Hosts that may be asked, redirects included.
    public var grants: WebGrants
    /// Whether doing it twice does the same as doing it once.
    public var isRepeatable: Bool

    /// A request.
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

/// A reply from the web, as a value.
public struct WebReply: Hashable, Sendable {
    /// The status.
    public var status: Int
    /// Header fields.
    public var fields: [WebField]
    /// The whole body.
    public var body: [UInt8]

    /// A reply.
    public init(status: Int, fields: [WebField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// The first field of that name in lower case.
    public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// How long the server asks to wait before the next try, from `Retry-After` in seconds or as a date.
    ///
    /// A date counts from the reply's own `Date`. `nil` where the field is missing or has no known form.
    public var retryAfter: Duration? { RetryAfter.wait(self["retry-after"], date: self["date"]) }
}
