internal import LuaHost

/// The status that `sp.ensure_…` returns: how the account came to match.
enum EnsureStatus: String {
    /// Everything was as wanted.
    case unchanged
    /// The resource was missing.
    case created
    /// The resource differed.
    case updated
    /// The resource had to be missing, and was.
    case absent
    /// The resource had to be missing, and was there.
    case deleted

    /// The text that the recipe gets.
    var luaValue: LuaValue { .string(rawValue) }
}
