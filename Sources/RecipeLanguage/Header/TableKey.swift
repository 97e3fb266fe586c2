/// A key of a table that a recipe writes, with its documentation: a key of the header, or an option of a call.
package struct TableKey: Hashable, Sendable {
    /// The name: `summary`.
    package let name: String
    /// The type as the reference writes it: `string`, `duration`.
    package let type: String
    /// Whether the table must have the key.
    package let isRequired: Bool
    /// The meaning, with limits and default, in sentences.
    package let documentation: String
    /// The keys of the table that is the value; empty for other types.
    package let members: [TableKey]

    package init(
        _ name: String, _ type: String, isRequired: Bool = false, _ documentation: String, members: [TableKey] = []
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.documentation = documentation
        self.members = members
    }
}

extension [TableKey] {
    /// The names, in order.
    package var names: [String] { map(\.name) }
}
