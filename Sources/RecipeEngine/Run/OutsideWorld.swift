internal import LuaHost
internal import RecipeLanguage
internal import ServerPilot

/// Whether calls outside the account, such as those of `http`, are real or use declared replies.
///
/// ```swift
/// func surroundings(web: any WebClient, isTrial: Bool) -> RecipeSurroundings {
///     RecipeSurroundings(web: web, outside: isTrial ? .declared : .real)
/// }
/// ```
public enum OutsideWorld: Hashable, Sendable {
    /// Calls are real.
    case real
    /// Calls use the replies that a recipe declares with `planned`, as in a plan and in `--simulate`.
    case declared
}
