internal import OrderedCollections

/// Takes secrets out of a text.
///
/// ServerPilot echoes the whole body of a request that it cannot read in its error message (seen live), and gateways
/// echo headers, so even an error text can hold a password. A secret is found as it is and in the forms in which
/// software writes it down: escaped in JSON, percent-encoded, in base64 (also within a longer text, as
/// `Authorization: Basic` has it), and one of these inside another. A PEM private key goes whoever it belongs to.
public struct Redactor: Sendable {
    /// What stands where a secret stood.
    public static let replacement = "<redacted>"

    /// Values shorter than this are not looked for: they would tear holes into innocent text.
    ///
    /// The API's own passwords have at least 8 characters.
    public static let shortestSecret = 6

    /// As bytes: by characters, a secret with a combining mark behind it would not be found.
    private var forms: [SecretForm] = []
    private var known: Set<[UInt8]> = []
    /// The places in `forms` by their first bytes, so that a text is not searched for thousands of secrets that it does
    /// not hold.
    private var places: [UInt64: [Int]] = [:]

    /// A redactor that knows private keys only, until it is told more.
    public init() {}

    /// A redactor that knows these values.
    public init(secrets: some Sequence<String>) {
        for secret in secrets { learn(secret) }
    }

    /// From now on this value is taken out too.
    public mutating func learn(_ secret: String) {
        guard secret.utf8.count >= Self.shortestSecret else { return }
        for form in SecretForm.forms(of: secret) { add(form) }
    }

    /// One that takes out what either knows.
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

    /// The text with every known secret and every PEM private key replaced.
    public func redact(_ text: String) -> String {
        guard !forms.isEmpty else { return Self.withoutPrivateKeys(text) }
        let bytes = Array(text.utf8)
        let found = secretRanges(in: bytes)
        guard !found.isEmpty else { return Self.withoutPrivateKeys(text) }
        return Self.withoutPrivateKeys(String(decoding: Self.replace(found, in: bytes), as: UTF8.self))
    }

    /// The bytes with every known secret replaced, for texts that nobody has read yet.
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

    /// Where secrets stand, in their order and apart.
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

    /// The forms whose first bytes stand somewhere in the text.
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

    /// The secrets that stand somewhere in a value, in whatever form.
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

    /// Where in a value a text holds something that is taken out: `sites[2].password`; empty for the value itself.
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
