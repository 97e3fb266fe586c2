import Groundwork
import OrderedCollections
import Testing

@Suite("Redactor")
struct RedactorTests {
    static let key = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIEpAIBAAKCAQEA
        -----END RSA PRIVATE KEY-----
        """

    @Test("every occurrence of a secret is redacted")
    func everywhere() {
        let redactor = Redactor(secrets: ["hunter2hunter2"])
        #expect(redactor.redact("hunter2hunter2") == "<redacted>")
        #expect(redactor.redact("a hunter2hunter2, and hunter2hunter2!") == "a <redacted>, and <redacted>!")
        #expect(redactor.redact("nothing here") == "nothing here")
    }

    @Test("the JSON form of a secret is redacted")
    func escaped() throws {
        let secret = "zq\"xx\\kk/jj\n\u{1}é"
        let redactor = Redactor(secrets: [secret])
        for text in [
            "text \(secret) text", JSONValue.string(secret).text(), "{\"password\":\(JSONValue.string(secret).text())}",
            JSONValue.string(secret).text().split(separator: "/").joined(separator: "\\/"),
        ] {
            let clean = redactor.redact(text)
            #expect(clean.contains("<redacted>"))
            #expect(!clean.contains("xx") && !clean.contains("jj"), "\(clean)")
        }
    }

    @Test("the echo of a request is redacted")
    func echo() {
        let body: JSONValue = ["name": "acme", "password": "correct\thorse\""]
        let redactor = Redactor(secrets: ["correct\thorse\""])
        let message = "Invalid JSON request: " + body.text()
        #expect(redactor.redact(message) == "Invalid JSON request: {\"name\":\"acme\",\"password\":\"<redacted>\"}")
    }

    @Test("if one secret contains another, both are redacted completely", arguments: [false, true])
    func nested(reversed: Bool) {
        let secrets = ["abcdef", "abcdefghij"]
        let redactor = Redactor(secrets: reversed ? secrets.reversed() : secrets)
        #expect(redactor.redact("x abcdefghij y abcdef z") == "x <redacted> y <redacted> z")
    }

    @Test("values too short to be secrets stay")
    func short() {
        let redactor = Redactor(secrets: ["", "a", "12345"])
        #expect(redactor.redact("a banana costs 12345") == "a banana costs 12345")
        #expect(Redactor(secrets: ["123456"]).redact("123456") == "<redacted>")
    }

    @Test("any private key is redacted, and the text around it stays")
    func privateKey() {
        #expect(
            Redactor().redact("before \(Self.key) between \(Self.key) after")
                == "before <redacted> between <redacted> after")
        let certificate = "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----"
        #expect(Redactor().redact(certificate) == certificate)
        #expect(Redactor().redact("\(certificate)\n\(Self.key)") == "\(certificate)\n<redacted>")
    }

    @Test("a private key without an end is redacted up to the end of the text")
    func cutKey() {
        for length in [32, 40, 50, Self.key.count - 1] {
            let cut = "text " + Self.key.prefix(length)
            #expect(Redactor().redact(cut) == "text <redacted>", "\(length)")
        }
    }

    @Test("a private key without a beginning is redacted from the beginning of the text")
    func keyWithoutBeginning() {
        for length in [30, 40, 50] {
            let cut = Self.key.suffix(length) + " and more"
            #expect(Redactor().redact(String(cut)) == "<redacted> and more", "\(length)")
        }
        let both = Self.key.suffix(40) + " between " + Self.key + " after"
        #expect(Redactor().redact(String(both)) == "<redacted> between <redacted> after")
    }

    @Test("a private key in JSON is redacted with its escaped line breaks")
    func keyInJSON() {
        let text = JSONValue.object(["key": .string(Self.key), "cert": "x"]).text()
        #expect(Redactor().redact(text) == "{\"key\":\"<redacted>\",\"cert\":\"x\"}")
    }

    @Test("lines that only look like the beginning of a key stay, and an END line after them hides no key")
    func keyBeginnings() {
        let lines = String(repeating: "-----END -----BEGIN ", count: 1000)
        #expect(Redactor().redact(lines) == lines)
        let marks = String(repeating: "-----BEGIN e\u{301}", count: 1000) + String(repeating: " ", count: 40)
        #expect(Redactor().redact(marks + Self.key) == marks + "<redacted>")
        #expect(Redactor().redact("a -----BEGIN \u{301}PRIVATE KEY----- b") == "a <redacted>")
    }

    @Test("a secret of more than 64 KiB is redacted completely, although the text is searched in pieces")
    func longSecret() {
        let secret = String((0..<60_000).flatMap { String($0 &* 7_919, radix: 36) }.prefix(200_000))
        let before = String(repeating: "x", count: 200_000)
        #expect(Redactor(secrets: [secret]).redact("\(before)\(secret) after") == "\(before)<redacted> after")
    }

    @Test("every string in a value is redacted, including member names, and numbers stay")
    func values() {
        let redactor = Redactor(secrets: ["hunter2"])
        let value: JSONValue = ["a": ["my hunter2", 5, .null, ["b": "hunter2"]], "hunter2": true]
        #expect(redactor.redact(value) == ["a": ["my <redacted>", 5, .null, ["b": "<redacted>"]], "<redacted>": true])
    }

    @Test("a secret that is added later is redacted from then on")
    func learning() {
        var redactor = Redactor()
        #expect(redactor.redact("hunter2") == "hunter2")
        redactor.learn("hunter2")
        #expect(redactor.redact("hunter2") == "<redacted>")
    }

    @Test("a secret is found although a combining character follows it")
    func combiningMark() {
        #expect(!Redactor(secrets: ["correct horse"]).redact("it is correct horse\u{301}.").contains("correct"))
    }
}
