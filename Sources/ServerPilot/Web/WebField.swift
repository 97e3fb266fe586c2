internal import Groundwork

/// A header field of a web request or response.
///
/// ```swift
/// let fields = [WebField("accept", "application/json"), WebField("authorization", "Bearer s3cr3t")].compactMap(\.self)
/// print(WebField("x-name", "two\nlines") == nil)  // true
/// ```
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
