/// The reason why a certificate and a key cannot be used.
///
/// ```swift
/// func identity(certificate: [UInt8], key: [UInt8]) -> ServerIdentity? {
///     do throws(ServerIdentityError) {
///         return try ServerIdentity(certificate: certificate, key: key, names: ("server.pem", "server.key"))
///     } catch {
///         print("cannot serve HTTPS: \(error)")
///         return nil
///     }
/// }
/// ```
public struct ServerIdentityError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file and the error in it.
    public let message: String

    init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
