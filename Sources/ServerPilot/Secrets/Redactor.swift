internal import OrderedCollections

/// Removes secrets from a text.
///
/// Even an error text can hold a password. ServerPilot repeats the whole body of a request that it cannot read in its
/// error message (seen live), and gateways repeat headers. The redactor finds a secret as it is and in the forms in
/// which software writes it: JSON escapes, percent-encoding, base64, and one of these inside another. It finds base64
/// within a longer text too, as in `Authorization: Basic`. It removes every PEM private key, known or not.
public struct Redactor: Sendable {
    /// The text that replaces each secret.
    public static let replacement = "<redacted>"

    /// The shortest secret that is searched for, in bytes.
    ///
    /// Searching for shorter values would remove parts of harmless text. The API's own passwords have at least 8
    /// characters.
    public static let shortestSecret = 6

    /// The forms of all secrets, compared as bytes.
    ///
    /// A comparison of characters would miss a secret that a combining mark follows.
    private var forms: [SecretForm] = []
    private var known: Set<[UInt8]> = []
    /// Indices in `forms` by the first `shortestSecret` bytes of the form.
    ///
    /// A text is searched only for forms with first bytes that it holds, not for thousands of others.
    private var places: [UInt64: [Int]] = [:]

    /// Creates a redactor that removes only private keys until `learn(_:)` is called.
    public init() {}

    /// Creates a redactor that removes these values.
    public init(secrets: some Sequence<String>) {
        for secret in secrets { learn(secret) }
    }

    /// Adds a value to remove; values shorter than `shortestSecret` are ignored.
    public mutating func learn(_ secret: String) {
        guard secret.utf8.count >= Self.shortestSecret else { return }
        for form in SecretForm.forms(of: secret) { add(form) }
    }

    /// Returns a redactor that removes the secrets of both.
    public func union(_ other: Redactor) -> Redactor {
        var both = self
        for form in other.forms { both.add(form) }
        return both
    }

    private mutating func add(_ form: SecretForm) {
        guard known.insert(form.searched.bytes).inserted else { return }
        let beginning = form.searched.bytes.prefix(Self.shortestSecret).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        places[beginning, default: []].append(forms.count)
        forms.append(form)
    }

    /// Returns the text with every known secret and every PEM private key replaced.
    public func redact(_ text: String) -> String {
        guard !forms.isEmpty else { return Self.withoutPrivateKeys(text) }
        let bytes = Array(text.utf8)
        let found = secretRanges(in: bytes)
        guard !found.isEmpty else { return Self.withoutPrivateKeys(text) }
        return Self.withoutPrivateKeys(String(decoding: Self.replace(found, in: bytes), as: UTF8.self))
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
        guard !forms.isEmpty else { return [] }
        var ranges: [Range<Int>] = []
        for view in DecodedText.views(of: bytes) {
            for place in formsBeginning(in: view.bytes) {
                var start = 0
                while let found = forms[place].place(in: view.bytes, from: start) {
                    ranges.append(view.source(of: found))
                    start = found.upperBound
                }
            }
        }
        ranges.sort { $0.lowerBound < $1.lowerBound }
        return ranges.reduce(into: []) { apart, range in
            guard let last = apart.last, range.lowerBound < last.upperBound else { return apart.append(range) }
            apart[apart.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
        }
    }

    /// Returns the indices of forms with first `shortestSecret` bytes that occur in the text.
    private func formsBeginning(in text: [UInt8]) -> Set<Int> {
        guard text.count >= Self.shortestSecret else { return [] }
        var found: Set<Int> = []
        let mask = UInt64.max >> UInt64(64 - 8 * Self.shortestSecret)
        var window: UInt64 = 0
        for (index, byte) in text.enumerated() {
            window = (window << 8 | UInt64(byte)) & mask
            guard index >= Self.shortestSecret - 1, let begun = places[window] else { continue }
            found.formUnion(begun)
        }
        return found
    }

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
        guard !forms.isEmpty else { return [] }
        var found: Set<String> = []
        for view in DecodedText.views(of: bytes) {
            for place in formsBeginning(in: view.bytes) where forms[place].place(in: view.bytes, from: 0) != nil {
                found.insert(forms[place].secret)
            }
        }
        return found
    }

    /// Returns the paths of strings in a value that would be redacted, such as `sites[2].password`.
    ///
    /// Indices begin at 1. The path of the value itself is empty. Member names are not checked.
    public func places(in value: JSONValue, below path: String = "") -> [String] {
        switch value {
        case .string(let text): redact(text) == text ? [] : [path]
        case .array(let elements):
            elements.enumerated().flatMap { places(in: $1, below: "\(path)[\($0 + 1)]") }
        case .object(let members):
            members.flatMap { places(in: $1, below: path.isEmpty ? $0 : "\(path).\($0)") }
        default: []
        }
    }

    private static func withoutPrivateKeys(_ text: String) -> String {
        guard text.contains("PRIVATE KEY-----") else { return text }
        var result = ""
        var rest = text[...]
        var begin = privateKeyLine("-----BEGIN ", in: rest)
        while true {
            // Reuse a match that is still ahead: a text can have many END lines before its first BEGIN line.
            if let known = begin, known.lowerBound < rest.startIndex { begin = privateKeyLine("-----BEGIN ", in: rest) }
            let end = privateKeyLine("-----END ", in: rest)
            switch (begin, end) {
            case (nil, nil): return result + rest
            // Half a key is removed too. Without its END line a key reaches to the end of the text. Without its BEGIN
            // line it reaches back to the key before it, or to the start of the text.
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

    /// Returns the range of the first BEGIN or END line that names a private key.
    private static func privateKeyLine(_ begin: String, in text: Substring) -> Range<String.Index>? {
        var rest = text
        while let start = rest.firstRange(of: begin) {
            let title = rest[start.upperBound...].prefix(longestKeyTitle)
            if let mark = title.firstRange(of: "PRIVATE KEY-----") { return start.lowerBound..<mark.upperBound }
            rest = rest[start.upperBound...]
        }
        return nil
    }

    /// The number of characters in which a key title must end.
    ///
    /// The longest title in use, `ENCRYPTED PRIVATE KEY-----`, has 26.
    private static let longestKeyTitle = 40
}
