/// A reason why a table is not a plain array, or not a plain object.
///
/// ```swift
/// func domains(in options: LuaTable) -> [LuaValue]? {
///     guard case .table(let list) = options["domains"] else { return nil }
///     do throws(LuaShapeError) {
///         return try list.asArray()
///     } catch {
///         print("domains \(error)")
///         return nil
///     }
/// }
/// ```
public enum LuaShapeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// An array has the integer key `key`, but no value at `expected`.
    case hole(key: Int64, expected: Int64)
    /// An array has a string key.
    case unexpectedField(String)
    /// An object has an integer key.
    case unexpectedPosition(Int64)

    /// The reason, which follows the name of the argument in a message.
    public var description: String {
        switch self {
        case .hole(let key, _) where key < 1:
            "expected a list, but an item has the position \(key)"
        case .hole(let key, let expected):
            "expected a list without holes, but item \(expected) is nil while item \(key) is not"
        case .unexpectedField(let name):
            "expected a list, but the table has a field '\(name)'"
        case .unexpectedPosition(let key):
            "expected a table of named fields, but an item has the position \(key)"
        }
    }
}
