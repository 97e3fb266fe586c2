/// A Swift value that cannot become a Lua value.
public enum LuaValueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Tables are nested deeper than this.
    case tooDeep(limit: Int)
    /// A string or table has more than 2³¹ bytes or items.
    case tooLarge
    /// A function of another ``LuaHost``.
    case foreignFunction

    /// What is wrong.
    public var description: String {
        switch self {
        case .tooDeep(let limit): "tables are nested more than \(limit) levels deep"
        case .tooLarge: "a string or table is too large"
        case .foreignFunction: "the function belongs to another host"
        }
    }
}
