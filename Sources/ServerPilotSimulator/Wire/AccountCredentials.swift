internal import Crypto
internal import FoundationEssentials
public import Groundwork

/// The client id and the API key that a simulated account requires.
///
/// ```swift
/// var random = SeededRandom(seed: 1)
/// let credentials = AccountCredentials(random: &random)
/// print("export SERVERPILOT_CLIENT_ID=\(credentials.clientID)")
/// print("export SERVERPILOT_API_KEY=\(credentials.apiKey.reveal())")
/// ```
public struct AccountCredentials: Hashable, Sendable {
    /// The client id, the user name of HTTP Basic.
    public let clientID: String
    /// The API key, the password of HTTP Basic.
    public let apiKey: Secret<String>

    /// Creates credentials.
    public init(clientID: String, apiKey: Secret<String>) {
        self.clientID = clientID
        self.apiKey = apiKey
    }

    /// Creates random credentials in ServerPilot's form.
    public init(random: inout SeededRandom) {
        self.init(clientID: "cid_" + random.alphanumerics(16), apiKey: Secret(random.serverKey()))
    }

    /// The value of the `Authorization` header.
    public var authorization: Secret<String> {
        Secret("Basic " + Data("\(clientID):\(apiKey.reveal())".utf8).base64EncodedString())
    }

    /// Whether the value of an `Authorization` header contains these credentials.
    ///
    /// It compares digests in constant time, so the duration does not reveal how much of a wrong value is right.
    func match(authorization: String?) -> Bool {
        let parts = (authorization ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let presented = Data(base64Encoded: String(parts[1]))
        else { return false }
        return SHA256.hash(data: presented) == SHA256.hash(data: Data("\(clientID):\(apiKey.reveal())".utf8))
    }
}
