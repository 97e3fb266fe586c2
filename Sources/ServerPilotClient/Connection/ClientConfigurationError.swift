/// A setting of the client that cannot be used: found before anything is sent.
public struct ClientConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which setting it is; more may come.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// The code.
        public let rawValue: String
        /// A code.
        public init(rawValue: String) { self.rawValue = rawValue }
        private init(_ value: String) { rawValue = value }
        /// The code.
        public var description: String { rawValue }

        /// The address of the API is malformed or has parts that it must not have.
        public static let invalidEndpoint = Code("invalid_endpoint")
        /// The address of the API is plain HTTP to another machine, which would show the API key to everybody between.
        public static let plainHTTP = Code("plain_http")
        /// The client id or the API key cannot be sent in a header.
        public static let invalidCredentials = Code("invalid_credentials")
        /// A proxy variable is malformed or asks for what is not supported.
        public static let invalidProxy = Code("invalid_proxy")
        /// The variables that name trusted certificates ask for what is not supported.
        public static let invalidTrustStore = Code("invalid_trust_store")
    }

    /// Which setting it is.
    public let code: Code
    /// What is wrong with it and what to write instead, in one line, without secrets.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
