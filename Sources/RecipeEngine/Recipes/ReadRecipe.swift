internal import LuaHost

/// What a header has given: what it says, and its functions.
struct ReadRecipe: Sendable {
    let header: RecipeHeader
    /// What the recipe does; `nil` of a library.
    let run: LuaFunction?
    /// What takes back what it did outside of the account.
    let undo: LuaFunction?
    /// The functions of a library; empty of a recipe that runs.
    let exports: LuaTable
}
