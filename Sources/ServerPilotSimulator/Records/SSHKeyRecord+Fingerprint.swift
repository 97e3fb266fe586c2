internal import Crypto
internal import FoundationEssentials

extension SSHKeyRecord {
    /// Returns `SHA256:` and the unpadded base64 of the SHA-256 of the key's blob, the second word in authorized_keys.
    ///
    /// If that word is not base64, as in the examples of ServerPilot's document, the digest covers its text.
    static func fingerprint(of publicKey: String) -> String {
        let words = publicKey.split(separator: " ", maxSplits: 2)
        let text = words.count > 1 ? String(words[1]) : publicKey
        let blob = Data(base64Encoded: text) ?? Data(text.utf8)
        let digest = Data(SHA256.hash(data: blob)).base64EncodedString()
        return "SHA256:" + digest.prefix { $0 != "=" }
    }
}
