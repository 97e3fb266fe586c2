/// A field of an encoded entry is missing, unknown, or has an unexpected value.
///
/// ```swift
/// func read(_ row: EncodedEntry) throws(JournalError) -> JournalEntry {
///     do throws(EntryDamage) {
///         return try EntryCodec.decode(row)
///     } catch {
///         throw JournalError(.damaged, "an entry has no valid '\(error.field)'")
///     }
/// }
/// ```
public struct EntryDamage: Error, Hashable, Sendable {
    /// The name of the field.
    public let field: String

    /// Creates the error for a field.
    public init(_ field: String) { self.field = field }
}
