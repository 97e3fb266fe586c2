internal import OrderedCollections

/// Removes secrets from a text.
///
/// Even an error text can hold a password. ServerPilot repeats the whole body of a request that it cannot read in its
/// error message (seen live), and gateways repeat headers. The redactor finds a secret as it is and in the forms in
/// which software writes it: JSON escapes, percent-encoding, base64, and one of these inside another. It finds base64
/// within a longer text too, as in `Authorization: Basic`. It removes every PEM private key, known or not.
///
/// ```swift
/// var redactor = Redactor()
/// redactor.learn("correct horse")
/// print(redactor.redact("login failed: correct%20horse"))  // login failed: <redacted>
/// ```
public struct Redactor: Sendable {
    /// The text that replaces each secret.
    public static let replacement = "<redacted>"

    /// The shortest secret that is searched for, in bytes: 6.
    ///
    /// Searching for shorter values would remove parts of harmless text. The API's own passwords have at least 8
    /// characters.
    public static let shortestSecret = SecretIndex.shortest

    /// The forms of all secrets, compared as bytes.
    ///
    /// A comparison of characters would miss a secret that a combining mark follows.
    private var index = SecretIndex()

    /// Creates a redactor that removes only private keys until `learn(_:)` is called.
    public init() {}

    /// Creates a redactor that removes these values.
    public init(secrets: some Sequence<String>) {
        for secret in secrets { learn(secret) }
    }

    /// Adds a value to remove; values shorter than `shortestSecret` are ignored.
    public mutating func learn(_ secret: String) {
        guard secret.utf8.count >= Self.shortestSecret else { return }
        for form in SecretForm.forms(of: secret) { index.add(form) }
    }

    /// Returns a redactor that removes the secrets of both.
    public func union(_ other: Redactor) -> Redactor {
        var both = self
        for form in other.index.forms { both.index.add(form) }
        return both
    }

    /// Returns the text with every known secret and every PEM private key replaced.
    public func redact(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let secrets = secretRanges(in: bytes)
        let rest = Self.replace(secrets, in: bytes)
        let keys = Self.privateKeyRanges(in: rest)
        guard !secrets.isEmpty || !keys.isEmpty else { return text }
        return String(decoding: Self.replace(keys, in: rest), as: UTF8.self)
    }

    /// Returns the bytes with every known secret replaced, for a response body that is not parsed yet.
    ///
    /// PEM private keys are not replaced.
    public func redact(_ bytes: [UInt8]) -> [UInt8] { Self.replace(secretRanges(in: bytes), in: bytes) }

    private static func replace(_ ranges: [Range<Int>], in bytes: [UInt8]) -> [UInt8] {
        guard !ranges.isEmpty else { return bytes }
        var result: [UInt8] = []
        var copied = 0
        for range in ranges {
            result += bytes[copied..<range.lowerBound]
            result += replacement.utf8
            copied = range.upperBound
        }
        return result + bytes[copied...]
    }

    /// Returns the ranges of secrets, in order and without overlap.
    private func secretRanges(in bytes: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        forEachMatch(in: bytes) { range, _ in
            // Most matches of a repetitive text lie within the one before them.
            guard let last = ranges.last, last.lowerBound <= range.lowerBound, range.lowerBound < last.upperBound else {
                return ranges.append(range)
            }
            ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
        }
        ranges.sort { $0.lowerBound < $1.lowerBound }
        return ranges.reduce(into: []) { apart, range in
            guard let last = apart.last, range.lowerBound < last.upperBound else { return apart.append(range) }
            apart[apart.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
        }
    }

    /// Calls `body` with the range and the form of each secret in a text, in whatever writing.
    private func forEachMatch(in bytes: [UInt8], _ body: (Range<Int>, SecretForm) -> Void) {
        guard !index.isEmpty else { return }
        // Decoding takes some 20 bytes of memory for each byte, so a long text is searched in pieces. Two pieces share as
        // many bytes as the longest secret takes in its longest writing.
        let shared = index.longestForm * DecodedText.longestUnit
        let step = max(Self.piece, shared)
        var start = 0
        repeat {
            let end = min(start + step + shared, bytes.count)
            let isWhole = start == 0 && end == bytes.count
            for view in DecodedText.views(of: isWhole ? bytes : Array(bytes[start..<end])) {
                index.forEachMatch(in: view.bytes) { found, form in
                    let range = view.source(of: form.removed(found, from: view.bytes))
                    let (lower, upper) = (start + range.lowerBound, start + range.upperBound)
                    body(lower..<(upper == end ? max(upper, form.endOfLong(at: lower, in: bytes)) : upper), form)
                }
            }
            start += step
        } while start + shared < bytes.count
    }

    /// Bytes of a long text that are decoded at a time.
    private static let piece = 256 << 10

    /// Returns the value with every string in it redacted, member names included.
    public func redact(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(redact(text))
        case .array(let elements): .array(elements.map { redact($0) })
        case .object(let members):
            .object(JSONObject(members.map { (redact($0.key), redact($0.value)) }, uniquingKeysWith: { $1 }))
        default: value
        }
    }

    /// Returns the known secrets that occur in a value, in any form.
    public func secrets(in value: JSONValue) -> Set<String> {
        switch value {
        case .string(let text): secrets(in: Array(text.utf8))
        case .array(let elements): elements.reduce(into: []) { $0.formUnion(secrets(in: $1)) }
        case .object(let members):
            members.reduce(into: []) { $0.formUnion(secrets(in: Array($1.key.utf8)).union(secrets(in: $1.value))) }
        default: []
        }
    }

    private func secrets(in bytes: [UInt8]) -> Set<String> {
        var found: Set<String> = []
        forEachMatch(in: bytes) { _, form in found.insert(form.secret) }
        return found
    }

    /// Returns the ranges of PEM private keys, in order and without overlap.
    ///
    /// Half a key counts too. Without its END line a key reaches to the end of the text. Without its BEGIN line it
    /// reaches back to the key before it, or to the start of the text. The time grows with the length of the text only,
    /// because a recipe can write many lines that begin like those of a key.
    private static func privateKeyRanges(in bytes: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        // The start of the BEGIN line whose END line is still ahead.
        var start: Int?
        var place = 0
        while let mark = bytes[place...].firstIndex(of: UInt8(ascii: "-")) {
            place = mark + 1
            if start == nil, endOfKeyLine(beginLine, at: mark, in: bytes) != nil {
                start = mark
            } else if let end = endOfKeyLine(endLine, at: mark, in: bytes) {
                ranges.append((start ?? ranges.last?.upperBound ?? 0)..<end)
                (start, place) = (nil, end)
            }
        }
        if let start { ranges.append(start..<bytes.count) }
        return ranges
    }

    /// Returns the end of the BEGIN or END line at an offset; `nil` if there is none that names a private key.
    private static func endOfKeyLine(_ line: [UInt8], at start: Int, in bytes: [UInt8]) -> Int? {
        guard bytes[start...].starts(with: line) else { return nil }
        let title = bytes[(start + line.count)...].prefix(longestKeyTitle)
        // The comparison of the first byte spares most others.
        for place in title.indices where title[place] == keyTitle.first && title[place...].starts(with: keyTitle) {
            return place + keyTitle.count
        }
        return nil
    }

    private static let beginLine = Array("-----BEGIN ".utf8)
    private static let endLine = Array("-----END ".utf8)
    private static let keyTitle = Array("PRIVATE KEY-----".utf8)

    /// The number of bytes in which a key title must end.
    ///
    /// The longest title in use, `ENCRYPTED PRIVATE KEY-----`, has 26.
    private static let longestKeyTitle = 40
}
