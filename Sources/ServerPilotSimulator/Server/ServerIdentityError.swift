/// Why a certificate and a key cannot be used.
public struct ServerIdentityError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which file it is, and what is wrong with it.
    public let message: String

    init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
