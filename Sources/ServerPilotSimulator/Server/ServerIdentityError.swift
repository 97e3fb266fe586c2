/// The reason why a certificate and a key cannot be used.
public struct ServerIdentityError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file and the error in it.
    public let message: String

    init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
