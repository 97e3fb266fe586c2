import FoundationEssentials
import Groundwork
import Testing

@Suite("Secret")
struct SecretTests {
    struct Holder: Encodable {
        let user = "acme"
        let password = Secret("hunter2hunter2")
    }

    @Test("descriptions, debugger, dump, mirror and interpolation never show the value")
    func texts() {
        let secret = Secret("hunter2hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        dump(Holder(), to: &dumped)
        let texts = [
            secret.description, secret.debugDescription, "\(secret)", String(reflecting: secret),
            String(describing: secret),
            "\(Holder())", String(reflecting: Holder()), "\([secret])", "\(["k": secret])",
            "\(Optional(secret) as Any)", dumped,
        ]
        for text in texts {
            #expect(!text.contains("hunter"), "\(text)")
            #expect(text.contains("<redacted>"), "\(text)")
        }
        #expect(Mirror(reflecting: secret).children.isEmpty)
        #expect(secret.reveal() == "hunter2hunter2")
    }

    @Test("an encoder writes <redacted>")
    func encoding() throws {
        let json = String(decoding: try JSONEncoder().encode(Holder()), as: UTF8.self)
        #expect(!json.contains("hunter"))
        #expect(try JSONValue(text: json)["password"] == "<redacted>")
    }

    @Test("two secrets are equal if their values are equal")
    func equality() {
        #expect(Secret("a") == Secret("a"))
        #expect(Secret("a") != Secret("b"))
        #expect(Set([Secret("a"), Secret("a"), Secret("b")]).count == 2)
    }
}
