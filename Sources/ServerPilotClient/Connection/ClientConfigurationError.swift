/// An invalid setting of the client, found before anything is sent.
///
/// ```swift
/// func endpoint(_ text: String) -> Endpoint? {
///     do throws(ClientConfigurationError) {
///         return try Endpoint(text)
///     } catch {
///         print(error.code == .plainHTTP ? "use https://" : error.message)
///         return nil
///     }
/// }
/// ```
public struct ClientConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The code of an invalid setting; later versions may add codes.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// The code.
        public let rawValue: String
        /// Creates a code.
        public init(rawValue: String) { self.rawValue = rawValue }
        private init(_ value: String) { rawValue = value }
        /// The code.
        public var description: String { rawValue }

        /// The API's address is malformed or has parts that it must not have.
        public static let invalidEndpoint = Code("invalid_endpoint")
        /// The API's address uses plain HTTP to another machine, which would expose the API key on the network.
        public static let plainHTTP = Code("plain_http")
        /// The client id or the API key cannot be sent in a header.
        public static let invalidCredentials = Code("invalid_credentials")
        /// A proxy variable is malformed or requests an unsupported feature.
        public static let invalidProxy = Code("invalid_proxy")
        /// The variables for trusted certificates request an unsupported feature.
        public static let invalidTrustStore = Code("invalid_trust_store")
    }

    /// The code of the invalid setting.
    public let code: Code
    /// The fault and its remedy, in one line, without secrets.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
