/// The reason why a file of this machine cannot be read.
///
/// ```swift
/// func read(_ name: String, from files: [String: [UInt8]]) throws(LocalFileFailure) -> [UInt8] {
///     guard let bytes = files[name] else { throw LocalFileFailure("there is no file '\(name)'") }
///     return bytes
/// }
/// ```
public struct LocalFileFailure: Error, Sendable {
    /// A description of the problem, in one line.
    public var message: String
    /// Whether the file was not granted.
    public var isRefused: Bool

    /// Creates a failure.
    public init(_ message: String, isRefused: Bool = false) {
        self.message = message
        self.isRefused = isRefused
    }
}
