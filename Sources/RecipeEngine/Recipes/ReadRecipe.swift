internal import LuaHost

/// A header that was read, with the recipe's functions.
struct ReadRecipe: Sendable {
    let header: RecipeHeader
    /// The function that runs the recipe; `nil` for a library.
    let run: LuaFunction?
    /// The function that takes back the recipe's changes outside the account.
    let undo: LuaFunction?
    /// The functions of a library; empty for a recipe that runs.
    let exports: LuaTable
}
