internal import RecipeEngine

/// The user's permissions for a recipe.
struct RunPermissions: Sendable {
    /// Whether all questions are answered with yes: `--yes`.
    var confirmsAll = false
    /// The limits of the run.
    let limits: RunLimits
    /// Whether modules of others may run with incomplete isolation: `--unsafe`.
    let allowsUnsafe: Bool
}
