package import LuaHost

/// A header that was read, with the recipe's functions.
package struct ReadRecipe: Sendable {
    package let header: RecipeHeader
    /// The function that runs the recipe; `nil` for a library.
    package let run: LuaFunction?
    /// The function that takes back the recipe's changes outside the account.
    package let undo: LuaFunction?
    /// The functions of a library; empty for a recipe that runs.
    package let exports: LuaTable
}
