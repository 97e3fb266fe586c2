/// The type of a field's value.
package indirect enum FieldType: Hashable, Sendable {
    /// A string.
    case string
    /// `true` or `false`; the API refuses a string instead (seen live).
    case boolean
    /// An integer.
    case integer
    /// Seconds since the epoch, as an integer.
    case timestamp
    /// The id of a resource of a kind.
    case identifier(ResourceKind)
    /// One of these words.
    case enumeration([String])
    /// An array whose elements have one type and follow the same rules.
    case array(FieldType, [Constraint])
    /// An object with these members.
    case object([Field])

    /// The type in words, for messages and documentation.
    package var words: String {
        switch self {
        case .string: "a string"
        case .boolean: "a boolean"
        case .integer: "an integer"
        case .timestamp: "a time in seconds"
        case .identifier(let kind): "the id of \(kind.article) \(kind.spokenName)"
        case .enumeration(let words): "one of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
        case .array(let element, _): "a list of \(element.plural)"
        case .object: "an object"
        }
    }

    /// The type of several values in words: `strings`.
    private var plural: String {
        switch self {
        case .string: "strings"
        case .boolean: "booleans"
        case .integer: "integers"
        case .timestamp: "times in seconds"
        case .identifier(let kind): "ids of \(kind.article) \(kind.spokenName)"
        case .enumeration: "words, each \(words)"
        case .array: "lists"
        case .object: "objects"
        }
    }
}
