/// An argument of a function, a member of a table of arguments, or a key of the header, as the reference shows it.
package struct ReferencedField: Hashable, Sendable {
    /// The name; members of an inner table have a path: `user.password`.
    package let name: String
    /// The type in words.
    package let type: String
    /// Whether a call can leave it out.
    package let isOptional: Bool
    /// The meaning, in sentences.
    package let documentation: String
    /// The demands that sprun checks before it sends a request; each follows "must".
    package internal(set) var checked: [String] = []
    /// The demands that only ServerPilot checks; each follows "must".
    package internal(set) var unchecked: [String] = []
}
