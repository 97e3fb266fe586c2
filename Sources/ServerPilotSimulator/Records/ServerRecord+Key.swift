internal import Crypto
internal import FoundationEssentials

extension ServerRecord {
    /// What is kept of an API key.
    static func digest(of key: String) -> String {
        SHA256.hash(data: Data(key.utf8)).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }

    /// Whether that is the key that the server got.
    func hasKey(_ key: String) -> Bool { keyDigest == Self.digest(of: key) }
}
