internal import Crypto
internal import FoundationEssentials

extension ServerRecord {
    /// Returns the digest that represents an API key: the base64 of its SHA-256.
    static func digest(of key: String) -> String { Data(SHA256.hash(data: Data(key.utf8))).base64EncodedString() }

    /// Whether that is the API key that the server got.
    func hasKey(_ key: String) -> Bool { keyDigest == Self.digest(of: key) }
}
