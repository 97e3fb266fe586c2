public import Groundwork

/// The credentials for the API of an account.
///
/// The type holds and checks them. The caller reads them from files, the environment or a command.
///
/// ```swift
/// func account(environment: [String: String]) throws -> ServerPilotAccount {
///     let credentials = try Credentials(
///         clientID: environment["CLIENT_ID"] ?? "", apiKey: Secret(environment["API_KEY"] ?? ""))
///     return try ServerPilotAccount(credentials: credentials, environment: environment, version: "1.0")
/// }
/// ```
public struct Credentials: Hashable, Sendable {
    /// The client id: `cid_…`.
    public let clientID: String
    /// The API key.
    public let apiKey: Secret<String>

    /// The maximum length of the client id and of the API key, in bytes.
    ///
    /// Longer values are a file pasted by mistake: ids and keys of ServerPilot have under 100 characters, and servers
    /// refuse headers of more than 8 KiB.
    public static let longestValue = 1024

    /// Creates credentials from a client id and an API key.
    ///
    /// - Throws: `ClientConfigurationError` with the code `invalidCredentials` if a value is empty, too long, redacted,
    ///   or could break out of the `Authorization` header. White space, control characters and non-ASCII characters
    ///   could do so, and in the client id a colon. The message never repeats the key.
    public init(clientID: String, apiKey: Secret<String>) throws(ClientConfigurationError) {
        try Self.check(clientID, "client id")
        try Self.check(apiKey.reveal(), "API key")
        guard !clientID.utf8.contains(UInt8(ascii: ":")) else {
            throw ClientConfigurationError(.invalidCredentials, "a client id cannot contain a colon")
        }
        self.clientID = clientID
        self.apiKey = apiKey
    }

    private static func check(_ value: String, _ name: String) throws(ClientConfigurationError) {
        guard !value.isEmpty else {
            throw ClientConfigurationError(.invalidCredentials, "the \(name) is empty")
        }
        guard value.utf8.count <= longestValue else {
            throw ClientConfigurationError(
                .invalidCredentials, "the \(name) has more than \(longestValue) characters")
        }
        guard !value.contains(Redactor.replacement) else {
            throw ClientConfigurationError(
                .invalidCredentials, "the \(name) is the placeholder \(Redactor.replacement); pass the value itself")
        }
        let visible = UInt8(ascii: "!")...UInt8(ascii: "~")
        guard value.utf8.allSatisfy(visible.contains) else {
            throw ClientConfigurationError(
                .invalidCredentials,
                "the \(name) contains white space, a line break or another invalid character")
        }
    }
}
