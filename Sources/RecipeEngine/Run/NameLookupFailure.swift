/// The reason why the addresses of a name are unknown.
public struct NameLookupFailure: Error, Sendable {
    /// A description of the problem, in one line.
    public var message: String

    /// Creates a failure.
    public init(_ message: String) { self.message = message }
}
