/// A member of a table of options that a function takes, with its documentation.
///
/// The functions accept the members that their tables list. The reference shows the same tables.
struct CallOption: Hashable, Sendable {
    /// The name: `timeout`.
    let name: String
    /// The type as the reference writes it: `string`, `duration`.
    let type: String
    /// Whether a call must include the option.
    let isRequired: Bool
    /// The meaning, with limits and default, in sentences.
    let documentation: String

    init(_ name: String, _ type: String, isRequired: Bool = false, _ documentation: String) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.documentation = documentation
    }
}
