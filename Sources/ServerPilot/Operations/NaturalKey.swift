package import Groundwork
internal import OrderedCollections

/// The fields that identify a resource for people.
///
/// After a lost response, sprun uses them to find the resource that the request was about.
package struct NaturalKey: Hashable, Sendable {
    /// The response fields that identify the resource, such as `serverid` and `name`.
    package let fields: [String]
    /// The operation that lists the candidates.
    package let listing: Operation.Name
    /// The evidence that two resources cannot share the key; `nil` if there is none.
    package let uniqueness: Evidence?

    /// Creates a key; pass `nil` as `uniqueness` if nothing says that the key is unique.
    init(_ fields: [String], in listing: Operation.Name, uniqueness: Evidence?) {
        self.fields = fields
        self.listing = listing
        self.uniqueness = uniqueness
    }
}

extension NaturalKey {
    /// Whether a listed resource has these values of the key.
    ///
    /// The comment at the end of an SSH key is ignored: the key is the same with another comment.
    package func matches(_ element: JSONValue, _ values: JSONObject) -> Bool {
        fields.allSatisfy { field in
            guard let wanted = values[field], let found = element[field] else { return false }
            if field == "public_key", let wanted = wanted.stringValue, let found = found.stringValue {
                return Self.withoutComment(wanted) == Self.withoutComment(found)
            }
            return wanted == found
        }
    }

    /// Returns type and blob of a public key in authorized_keys form, without its comment.
    package static func withoutComment(_ publicKey: String) -> String {
        // OpenSSH separates by spaces and tabs. A key may come from a file, so line ends count too.
        publicKey.utf8.split(maxSplits: 2) { $0 == 0x20 || (0x09...0x0D).contains($0) }.prefix(2)
            .map { String(Substring($0)) }.joined(separator: " ")
    }
}
