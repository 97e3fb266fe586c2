public import OrderedCollections

/// The header of a recipe: its name, parameters, needs and results.
///
/// ```swift
/// func usage(of header: RecipeHeader) -> String {
///     let parameters = header.parameters.map { $0.isRequired ? "\($0.name)=…" : "[\($0.name)=…]" }
///     return "\(header.name) \(header.version): \(header.summary)\n  \(parameters.joined(separator: " "))"
/// }
/// ```
public struct RecipeHeader: Hashable, Sendable {
    // Large: it mirrors the keys of a header.
    /// The name of the recipe.
    public var name: String
    /// The version of the recipe.
    public var version: String
    /// The versions of the program that the recipe runs with, such as `>=0.1`; `nil` for all.
    public var requirement: String?
    /// A summary in one line.
    public var summary: String
    /// A description, in one or more paragraphs.
    public var description: String
    /// The author of the recipe.
    public var author: String?
    /// The license of the recipe.
    public var license: String?
    /// The needs of the recipe, which limit what it may do.
    public var needs: RecipeNeeds
    /// The maximum number of creations; `nil` for no limit in the header.
    public var creations: Int?
    /// The maximum number of deletions; `nil` for no limit in the header.
    public var deletions: Int?
    /// The parameters, in the order in which they are declared.
    public var parameters: [RecipeParameter]
    /// The types of the result's values, by name.
    public var returns: OrderedDictionary<String, RecipeResultType>
    /// Command lines that show how to use the recipe.
    public var examples: [String]
    /// The names of a library's functions; `nil` for a recipe that runs.
    public var exports: [String]?
    /// Whether the recipe can take back its changes outside the account.
    public var canUndo = false
}
