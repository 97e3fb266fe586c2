/// Why a table is not the plain array or the plain object that was wanted.
public enum LuaShapeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// An array lacks the value at `expected` although `key` is there.
    case hole(key: Int64, expected: Int64)
    /// An array has a string key.
    case unexpectedField(String)
    /// An object has an integer key.
    case unexpectedPosition(Int64)

    /// What is wrong, to be put after the name of the argument.
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
