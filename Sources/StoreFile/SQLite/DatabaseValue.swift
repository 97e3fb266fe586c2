/// A value in a column of a row, or a parameter of a statement.
package enum DatabaseValue: Hashable, Sendable {
    /// No value.
    case null
    /// A 64-bit integer.
    case integer(Int64)
    /// A floating-point number.
    case real(Double)
    /// A string.
    case text(String)
    /// Bytes.
    case blob([UInt8])

    /// The value as text, as SQLite would convert it; `nil` for `null` and bytes.
    package var text: String? {
        switch self {
        case .integer(let value): String(value)
        case .real(let value): String(value)
        case .text(let value): value
        case .null, .blob: nil
        }
    }
}
