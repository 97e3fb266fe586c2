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

    private var secrets: [String] = []

    /// A redactor that knows private keys only, until it is told more.
    public init() {}

    /// A redactor that knows these values.
    public init(secrets: some Sequence<String>) {
        for secret in secrets { learn(secret) }
    }

    /// From now on this value is taken out too.
    public mutating func learn(_ secret: String) {
        guard secret.utf8.count >= Self.shortestSecret else { return }
        let escaped = String(JSONValue.string(secret).text().dropFirst().dropLast())
        for form in [
            secret, escaped, escaped.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "\\/"),
        ]
        where !secrets.contains(form) {
            secrets.append(form)
        }
        // The longest first, so that a secret inside a longer one does not leave the rest of it standing.
        secrets.sort { $0.utf8.count > $1.utf8.count }
    }

    /// The text with every known secret and every PEM private key replaced.
    public func redact(_ text: String) -> String {
        var result = text
        for secret in secrets where result.contains(secret) {
            result = result.split(separator: secret, omittingEmptySubsequences: false)
                .joined(separator: Self.replacement)
        }
        return Self.withoutPrivateKeys(result)
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
        let mark = "PRIVATE KEY-----"
        guard text.contains(mark) else { return text }
        var result = ""
        var rest = text[...]
        while let begin = rest.firstRange(of: "-----BEGIN ") {
            let header = rest[begin.upperBound...].prefix(40)
            guard let title = header.firstRange(of: mark) else {
                result += rest[..<begin.upperBound]
                rest = rest[begin.upperBound...]
                continue
            }
            result += rest[..<begin.lowerBound] + Self.replacement
            let body = rest[title.upperBound...]
            // A key without its end line is cut to the end of the text: half a key is a key.
            guard let end = body.firstRange(of: "-----END "),
                let close = body[end.upperBound...].firstRange(of: mark)
            else { return result }
            rest = body[close.upperBound...]
        }
        return result + rest
    }
}
