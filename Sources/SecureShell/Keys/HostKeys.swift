internal import Crypto
internal import FoundationEssentials
internal import RecipeEngine

/// The public keys of a host, parsed from the output of `ssh-keyscan`.
struct HostKeys {
    /// Key type and key, as in a known-hosts file, by fingerprint.
    private(set) var lines: [String: String] = [:]

    /// Parses the output of `ssh-keyscan`; skips lines that contain no key.
    init(_ listing: String) {
        for line in listing.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            let words = line.split(separator: " ")
            guard words.count >= 3, let blob = Data(base64Encoded: String(words[2])) else { continue }
            lines[Self.fingerprint(blob)] = "\(words[1]) \(words[2])"
        }
    }

    /// Returns `SHA256:` and the unpadded base64 of the SHA-256 of a key blob.
    static func fingerprint(_ blob: some DataProtocol) -> String {
        let digest = Data(SHA256.hash(data: blob)).base64EncodedString()
        return "SHA256:\(digest.prefix { $0 != "=" })"
    }
}
