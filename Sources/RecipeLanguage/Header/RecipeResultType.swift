internal import OrderedCollections

/// The type of a value in a recipe's result.
///
/// ```swift
/// func results(of header: RecipeHeader) -> [String] {
///     header.returns.map { name, type in "\(name): \(type.kind.rawValue)\(type.isOptional ? "?" : "")" }
/// }
/// ```
public struct RecipeResultType: Hashable, Sendable {
    /// The types.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Text.
        case string
        /// A whole number.
        case integer
        /// A number.
        case number
        /// `true` or `false`.
        case boolean
        /// A list.
        case list
        /// A table with names, or a list.
        case table
        /// Text that is shown only where secrets are shown.
        case secret
    }

    /// The type.
    public let kind: Kind
    /// Whether the value may be missing, which a `?` after the type declares.
    public let isOptional: Bool
}
