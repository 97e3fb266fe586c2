/// A reason why a table is not a plain array, or not a plain object.
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
            "a list is expected, but there is an item at position \(key)"
        case .hole(let key, let expected):
            "a list without holes is expected, but item \(expected) is nil while item \(key) is not"
        case .unexpectedField(let name):
            "a list is expected, but there is a field '\(name)'"
        case .unexpectedPosition(let key):
            "a table of named fields is expected, but there is an item at position \(key)"
        }
    }
}
