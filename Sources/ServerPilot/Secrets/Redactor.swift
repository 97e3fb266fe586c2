internal import OrderedCollections

/// Takes secrets out of a text.
///
/// ServerPilot echoes the whole body of a request that it cannot read in its error message (seen live), so even an
/// error text can hold a password. Values are replaced as they are and as JSON writes them; a PEM private key goes
/// whoever it belongs to.
public struct Redactor: Sendable {
    /// What stands where a secret stood.
    public static let replacement = "<redacted>"

    /// Values shorter than this are not looked for: they would tear holes into innocent text.
    ///
    /// The API's own passwords have at least 8 characters.
    public static let shortestSecret = 6

    /// As bytes: by characters, a secret with a combining mark behind it would not be found.
    private var secrets: [SearchedBytes] = []

    /// A redactor that knows private keys only, until it is told more.
    public init() {}

    /// A redactor that knows these values.
    public init(secrets: some Sequence<String>) {
        for secret in secrets { learn(secret) }
    }

    /// From now on this value is taken out too.
    public mutating func learn(_ secret: String) {
        guard secret.utf8.count >= Self.shortestSecret else { return }
        let escaped = JSONValue.string(secret).text().dropFirst().dropLast()
        let slashed = escaped.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "\\/")
        for form in [Array(secret.utf8), Array(escaped.utf8), Array(slashed.utf8)]
        where !secrets.contains(where: { $0.bytes == form }) {
            secrets.append(SearchedBytes(form))
        }
        // The longest first, so that a secret inside a longer one does not leave the rest of it standing.
        secrets.sort { $0.bytes.count > $1.bytes.count }
    }

    /// The text with every known secret and every PEM private key replaced.
    public func redact(_ text: String) -> String {
        guard !secrets.isEmpty else { return Self.withoutPrivateKeys(text) }
        var bytes = Array(text.utf8)
        for secret in secrets { Self.replace(secret, in: &bytes) }
        return Self.withoutPrivateKeys(String(decoding: bytes, as: UTF8.self))
    }

    private static func replace(_ secret: SearchedBytes, in bytes: inout [UInt8]) {
        var result: [UInt8] = []
        var copied = 0
        while let place = secret.place(in: bytes, from: copied) {
            result += bytes[copied..<place.lowerBound]
            result += replacement.utf8
            copied = place.upperBound
        }
        guard copied > 0 else { return }
        bytes = result + bytes[copied...]
    }

    /// The value with every string in it redacted, members' names too.
    public func redact(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(redact(text))
        case .array(let elements): .array(elements.map { redact($0) })
        case .object(let members):
            .object(JSONObject(members.map { (redact($0.key), redact($0.value)) }, uniquingKeysWith: { $1 }))
        default: value
        }
    }

    private static func withoutPrivateKeys(_ text: String) -> String {
        guard text.contains("PRIVATE KEY-----") else { return text }
        var result = ""
        var rest = text[...]
        var begin = privateKeyLine("-----BEGIN ", in: rest)
        while true {
            // Looked for again only when it was passed: a text can have many last lines before its first one.
            if let known = begin, known.lowerBound < rest.startIndex { begin = privateKeyLine("-----BEGIN ", in: rest) }
            let end = privateKeyLine("-----END ", in: rest)
            switch (begin, end) {
            case (nil, nil): return result + rest
            // Half a key is a key: one without its end line reaches to the end of the text, one without its first line
            // from where the text or the key before it left off.
            case (let begin?, nil): return result + rest[..<begin.lowerBound] + Self.replacement
            case (let begin?, let end?) where begin.lowerBound < end.lowerBound:
                result += rest[..<begin.lowerBound] + Self.replacement
                rest = rest[end.upperBound...]
            case (_, let end?):
                result += Self.replacement
                rest = rest[end.upperBound...]
            }
        }
    }

    /// The place of the first line of that kind that is about a private key.
    private static func privateKeyLine(_ begin: String, in text: Substring) -> Range<String.Index>? {
        var rest = text
        while let start = rest.firstRange(of: begin) {
            let title = rest[start.upperBound...].prefix(longestKeyTitle)
            if let mark = title.firstRange(of: "PRIVATE KEY-----") { return start.lowerBound..<mark.upperBound }
            rest = rest[start.upperBound...]
        }
        return nil
    }

    /// `ENCRYPTED PRIVATE KEY-----`, the longest title in use, has 26 characters.
    private static let longestKeyTitle = 40
}
