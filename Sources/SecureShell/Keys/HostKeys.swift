internal import Crypto
internal import RecipeEngine

/// The public keys of a host, parsed from the output of `ssh-keyscan`.
struct HostKeys {
    /// Key type and key, as in a known-hosts file, by fingerprint.
    private(set) var lines: [String: String] = [:]

    /// Parses the output of `ssh-keyscan`; skips lines that contain no key.
    init(_ listing: String) {
        for line in listing.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            let words = line.split(separator: " ")
            guard words.count >= 3, let blob = Self.decoded(words[2]) else { continue }
            lines[Self.fingerprint(blob)] = "\(words[1]) \(words[2])"
        }
    }

    /// Returns `SHA256:` and the unpadded base64 of the SHA-256 of a key blob.
    static func fingerprint(_ blob: [UInt8]) -> String { "SHA256:\(encoded(Array(SHA256.hash(data: blob))))" }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func encoded(_ bytes: [UInt8]) -> String {
        var (text, buffer, bits): ([UInt8], Int, Int) = ([], 0, 0)
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xFFFF
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[buffer >> bits & 0x3F])
            }
        }
        if bits > 0 { text.append(alphabet[buffer << (6 - bits) & 0x3F]) }
        return String(decoding: text, as: UTF8.self)
    }

    private static func decoded(_ text: some StringProtocol) -> [UInt8]? {
        var (bytes, buffer, bits): ([UInt8], Int, Int) = ([], 0, 0)
        for digit in text.utf8 where digit != 0x3D {
            guard let value = alphabet.firstIndex(of: digit) else { return nil }
            buffer = (buffer << 6 | value) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
        }
        return bytes
    }
}
