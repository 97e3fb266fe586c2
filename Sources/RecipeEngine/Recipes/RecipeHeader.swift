public import OrderedCollections

/// What a recipe gives under one name.
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
        /// Text that is shown only where secrets are.
        case secret
    }

    /// What it is.
    public let kind: Kind
    /// Whether it may be missing, which a `?` behind the type says.
    public let isOptional: Bool
}

/// What a recipe says of itself.
public struct RecipeHeader: Hashable, Sendable {
    /// What it is called.
    public var name: String
    /// Its version.
    public var version: String
    /// Which versions of the program it runs with, such as `>=0.1`; `nil` for all.
    public var requirement: String?
    /// One line.
    public var summary: String
    /// Some paragraphs.
    public var description: String
    /// Who wrote it.
    public var author: String?
    /// Under which licence.
    public var license: String?
    /// What it is allowed to do.
    public var needs: RecipeNeeds
    /// The most that it creates; `nil` for no limit of its own.
    public var creations: Int?
    /// The most that it deletes.
    public var deletions: Int?
    /// What it is given, in the order in which it is written.
    public var parameters: [RecipeParameter]
    /// What it gives.
    public var returns: OrderedDictionary<String, RecipeResultType>
    /// Command lines that show how it is used.
    public var examples: [String]
    /// The functions of a library; `nil` of a recipe that runs.
    public var exports: [String]?
    /// Whether it can take back what it did outside of the account.
    public var canUndo = false
}
