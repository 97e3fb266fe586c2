public import OrderedCollections

/// What identifies a thing for people, and so how to find again what a lost reply was about.
public struct NaturalKey: Hashable, Sendable {
    /// The fields of a reply that together identify the thing, such as `serverid` and `name`.
    public let fields: [String]
    /// The operation that lists the candidates.
    public let listing: Operation.Name
    /// How sure the project is that two things cannot share the key.
    public let uniqueness: Evidence?

    /// A key; `uniqueness` is `nil` where nothing says that it is unique.
    init(_ fields: [String], in listing: Operation.Name, uniqueness: Evidence?) {
        self.fields = fields
        self.listing = listing
        self.uniqueness = uniqueness
    }
}

extension NaturalKey {
    /// Whether a listed thing has these values of the key.
    ///
    /// Of an SSH key the comment at its end does not count: it is the same key with another comment.
    public func matches(_ element: JSONValue, _ values: JSONObject) -> Bool {
        fields.allSatisfy { field in
            guard let wanted = values[field], let found = element[field] else { return false }
            if field == "public_key", let wanted = wanted.stringValue, let found = found.stringValue {
                return Self.withoutComment(wanted) == Self.withoutComment(found)
            }
            return wanted == found
        }
    }

    /// Type and blob of a public key in authorized_keys form, without the comment behind them.
    package static func withoutComment(_ publicKey: String) -> String {
        publicKey.split(whereSeparator: \.isWhitespace).prefix(2).joined(separator: " ")
    }
}
