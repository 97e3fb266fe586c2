internal import LuaHost

/// The second result of `sp.ensure_…`: how the account came to match.
enum EnsureStatus: String {
    /// Everything was as wanted.
    case unchanged
    /// The resource was missing.
    case created
    /// The resource differed.
    case updated

    /// The text that the recipe gets.
    var luaValue: LuaValue { .string(rawValue) }
}
