/// The reason why the addresses of a name are unknown.
///
/// ```swift
/// struct NoNames: NameLookup {
///     func addresses(of name: String) async throws(NameLookupFailure) -> [String] {
///         throw NameLookupFailure("no name server answers for \(name)")
///     }
/// }
/// ```
public struct NameLookupFailure: Error, Sendable {
    /// A description of the problem, in one line.
    public var message: String

    /// Creates a failure.
    public init(_ message: String) { self.message = message }
}
