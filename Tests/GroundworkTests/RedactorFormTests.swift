import Foundation
import OrderedCollections
import Testing

@testable import Groundwork

/// The forms in which software writes a secret down.
@Suite("Redactor, other forms of a secret")
struct RedactorFormTests {
    private static let secret = "k3y+of/the \"acc%unt\"-é✓"
    private static let redactor = Redactor(secrets: [secret])

    private static func percent(_ text: String, lowercase: Bool = false) -> String {
        let encoded = text.utf8.map { byte -> String in
            let character = Character(Unicode.Scalar(byte))
            if character.isASCII, character.isLetter || character.isNumber { return String(character) }
            let digits = String(byte, radix: 16, uppercase: !lowercase)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }
        return encoded.joined()
    }

    private static func urlAlphabet(_ base64: String) -> String {
        base64.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    /// In JSON with every character as `\\uXXXX`.
    private static func units(_ text: String, uppercase: Bool) -> String {
        text.utf16.map { unit in
            let digits = String(unit, radix: 16, uppercase: uppercase)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }

    /// As HTML writes it: the named references, and every character as a number.
    private static func references(_ text: String) -> [String] {
        [
            text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "\"", with: "&quot;"),
            text.unicodeScalars.map { "&#\($0.value);" }.joined(),
            text.unicodeScalars.map { "&#x\(String($0.value, radix: 16));" }.joined(),
        ]
    }

    private static var forms: [String] {
        let json = String(decoding: (try? JSONEncoder().encode(secret)) ?? Data(), as: UTF8.self)
            .dropFirst().dropLast()
        let twice = String(decoding: (try? JSONEncoder().encode(String(json))) ?? Data(), as: UTF8.self)
        let basic = Data("cid_1:\(secret)".utf8).base64EncodedString()
        let lines = Data("\(String(repeating: "x", count: 50))\(secret)".utf8)
            .base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed])
        return [
            secret, String(json), json.replacingOccurrences(of: "\\/", with: "/"), twice,
            units(secret, uppercase: true),
            units(secret, uppercase: false), percent(secret), percent(secret, lowercase: true),
            percent(secret).replacingOccurrences(of: "%20", with: "+"), percent(String(json)),
            "Basic \(basic)", "Basic \(urlAlphabet(basic))", percent(basic),
            basic.replacingOccurrences(of: "/", with: "\\/"), lines,
        ] + references(secret) + references(String(json))
    }

    @Test("every form is redacted, and the text around it stays", arguments: forms)
    func form(_ form: String) {
        let clean = Self.redactor.redact("before <\(form)> after")
        #expect(clean.hasPrefix("before <") && clean.hasSuffix("> after"), "\(clean)")
        #expect(clean.contains("<redacted>"), "\(clean)")
        for word in ["k3y", "acc", "unt", "azN5", "YWNj"] { #expect(!clean.contains(word), "\(clean)") }
    }

    @Test("no part of a secret can be decoded from base64, whatever its offset", arguments: 0..<9)
    func base64(_ around: Int) throws {
        let secret = "Zebra9-quagga/\(around % 3)"
        let text = String(repeating: "a", count: around / 3) + secret + String(repeating: "b", count: around % 3)
        for encoded in [Data(text.utf8).base64EncodedString(), Self.urlAlphabet(Data(text.utf8).base64EncodedString())]
        {
            let clean = Redactor(secrets: [secret]).redact("x=\(encoded);")
            #expect(clean.hasPrefix("x=") && clean.hasSuffix(";"), "\(clean)")
            let left = clean.dropFirst(2).dropLast().replacingOccurrences(of: "<redacted>", with: "")
            // Of a character that the secret shares, neither half is left.
            #expect(left.count <= (around / 3 + around % 3) * 2 + 2, "\(clean) of \(encoded)")
            #expect(left.utf8.allSatisfy { !"Zz".utf8.contains($0) }, "\(clean)")
        }
    }

    @Test("a text that only looks like a form of the secret stays")
    func innocent() {
        let redactor = Redactor(secrets: ["hunter2-hunter2"])
        for text in ["100% of \\ and \\u00 and %zz%4", "aHVudGVyMg==", "%68unter2", "line\nline", "C:\\new\\table"] {
            #expect(redactor.redact(text) == text)
        }
    }

    @Test("the redactor reports the secrets in a value, and their paths")
    func found() {
        let redactor = Redactor(secrets: ["hunter2", "swordfish"])
        #expect(redactor.secrets(in: ["a": ["x hunter2", Self.json("aHVudGVyMg==")]]) == ["hunter2"])
        let places = redactor.places(in: ["a": ["x", "hunter2"], "b": ["c": "my swordfish"], "d": 5])
        #expect(places.paths == ["a[2]", "b.c"] && places.count == 2)
    }

    @Test("a path contains no secret, whether from one name or from several")
    func pathsWithoutSecrets() {
        let redactor = Redactor(secrets: ["hunter2", "sword.fish"])
        let value: JSONValue = [
            "a hunter2": ["x", "hunter2"], "sword": ["fish": "hunter2"], "b hunter2": "hunter2", "c": ["hunter2": 1],
        ]
        let paths = redactor.places(in: value).paths
        #expect(
            paths.sorted() == ["<redacted>", "a <redacted>", "a <redacted>[2]", "b <redacted>", "c.<redacted>"],
            "\(paths)")
    }

    @Test("paths have a limited length and number, and a cut shows no part of a secret")
    func boundedPaths() {
        let redactor = Redactor(secrets: ["hunter2-hunter2"])
        let list = JSONValue.array(Array(repeating: "hunter2-hunter2", count: 150))
        for length in 20...110 {
            let value: JSONValue = .object([String(repeating: "é", count: length) + "hunter2-hunter2": list])
            let places = redactor.places(in: .object(["x": value]))
            #expect(places.count == 151 && places.paths.count == SecretPlaces.mostPaths)
            let isSafe = places.paths.allSatisfy { $0.utf8.count <= SecretPlaces.longestPath && !$0.contains("hu") }
            #expect(isSafe, "\(places.paths)")
        }
    }

    private static func json(_ text: String) -> JSONValue { .string(text) }

    @Test("the bytes of an unread error are redacted too, and stay JSON")
    func bytes() throws {
        let body = JSONValue.object(["error": ["message": .string("got \(Self.secret)")]]).bytes
        let clean = try JSONValue(bytes: Self.redactor.redact(body))
        #expect(clean["error"]?["message"] == "got <redacted>")
    }

    /// The steps of a search for secrets in a text.
    private static func steps(_ secrets: [String], in text: String) -> Int {
        var index = SecretIndex()
        for secret in secrets { for form in SecretForm.forms(of: secret) { index.add(form) } }
        return index.forEachMatch(in: Array(text.utf8)) { _, _ in }
    }

    @Test("8 times as many secrets and text take about 8 times as many steps, not 64 times")
    func linear() {
        func many(_ size: Int) -> Int {
            let secrets = (0..<(25 * size)).map { "secret-number-\(String($0, radix: 36))-of-many" }
            return Self.steps(secrets, in: String(repeating: "secret-number-x ", count: 50 * size))
        }
        func alike(_ size: Int) -> Int {
            let secrets = (0..<(5 * size)).map { String(repeating: "a", count: 1000) + "\($0)" }
            return Self.steps(secrets, in: String(repeating: "a", count: 3000 * size))
        }
        func long(_ size: Int) -> Int {
            Self.steps(
                [String(repeating: "a", count: 1000 * size) + "b"], in: String(repeating: "a", count: 3000 * size))
        }
        func lengths(_ size: Int) -> Int {
            let secrets = (6..<(6 + 40 * size)).map { String(repeating: "a", count: $0) }
            // Each length costs a lookup, and there are only 507 of them.
            return Self.steps(secrets, in: String(repeating: "a", count: 2000)) / size
        }
        for steps in [many, alike, long, lengths] { #expect(steps(8) < 16 * steps(1)) }
    }
}
