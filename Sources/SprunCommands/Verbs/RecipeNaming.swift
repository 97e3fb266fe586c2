/// A verb whose first word names a recipe.
protocol RecipeNaming: ReportingVerb {
    /// The recipe, then its parameters.
    var words: [String] { get }
    /// The Lua code of `-e`; `nil` without it.
    var code: String? { get }
}
