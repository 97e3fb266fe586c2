public import Groundwork
public import OrderedCollections

/// An entry in format 1, as stores write it: columns in plain text, and a body to encrypt.
///
/// ```swift
/// func row(of entry: JournalEntry) -> (columns: [String], body: [UInt8]) {
///     let encoded = EntryCodec.encode(entry)
///     let columns = [encoded.kind, encoded.step ?? "", encoded.operation, encoded.site]
///     return (columns, JSONValue.object(encoded.body).bytes)
/// }
/// ```
public struct EncodedEntry: Hashable, Sendable {
    /// The raw value of the kind.
    public var kind: String
    /// The text of the step; `nil` for entries about the whole run.
    public var step: String?
    /// The operation, function or name.
    public var operation: String
    /// A keyed digest of the arguments; empty if there are none.
    public var digest: String
    /// The line of the recipe; empty if unknown.
    public var site: String
    /// The time of the entry.
    public var time: Timestamp
    /// The other values, in the order in which they are written; they can include secrets.
    public var body: JSONObject

    /// Creates an encoded entry.
    public init(
        kind: String, step: String?, operation: String, digest: String, site: String, time: Timestamp,
        body: JSONObject = [:]
    ) {
        self.kind = kind
        self.step = step
        self.operation = operation
        self.digest = digest
        self.site = site
        self.time = time
        self.body = body
    }
}
