/// A verb whose first word names a recipe.
protocol RecipeNaming: ReportingVerb {
    /// The recipe and its parameters.
    var recipe: NamedRecipeOptions { get }
}
