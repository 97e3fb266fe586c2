/// A field of an encoded entry is missing, unknown, or has an unexpected value.
public struct EntryDamage: Error, Hashable, Sendable {
    /// The name of the field.
    public let field: String

    /// Creates the error for a field.
    public init(_ field: String) { self.field = field }
}
