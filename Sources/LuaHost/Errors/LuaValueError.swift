/// A reason why a Swift value cannot become a Lua value.
///
/// ```swift
/// func describe(_ error: LuaValueError) -> String {
///     switch error {
///     case .tooDeep(let limit): "use at most \(limit) levels of tables"
///     case .tooLarge: "use smaller values"
///     case .foreignFunction: "use a function of the same host"
///     }
/// }
/// ```
public enum LuaValueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Tables are nested more than `limit` levels deep.
    case tooDeep(limit: Int)
    /// A string or table has 2³¹ bytes or items, or more.
    case tooLarge
    /// The function belongs to another ``LuaHost``.
    case foreignFunction

    /// The reason as text.
    public var description: String {
        switch self {
        case .tooDeep(let limit): "tables are nested more than \(limit) levels deep"
        case .tooLarge: "a string or table is too large"
        case .foreignFunction: "the function belongs to another host"
        }
    }
}
