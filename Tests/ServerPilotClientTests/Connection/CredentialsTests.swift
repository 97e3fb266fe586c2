import Groundwork
import ServerPilotClient
import Testing

@Suite struct CredentialsTests {
    @Test("visible ASCII is accepted, including a colon in the key")
    func taken() throws {
        let credentials = try Credentials(clientID: "cid_4x~!", apiKey: Secret("a:b/c+d=="))
        #expect(credentials.clientID == "cid_4x~!")
        #expect(credentials.apiKey.reveal() == "a:b/c+d==")
        #expect(!"\(credentials)".contains("a:b"))
    }

    @Test(
        "characters that would break the header are rejected and never quoted",
        arguments: [
            "", " ", "a b", "a\n", "\na", "a\r\nX-Evil: 1", "a\0b", "a\tb", "a\u{7F}b", "clé", "a\u{2028}b",
            "\u{FEFF}a",
            String(repeating: "x", count: 1025),
        ])
    func refused(value: String) {
        let asKey = #expect(throws: ClientConfigurationError.self) {
            try Credentials(clientID: "cid", apiKey: Secret("k3y" + value + (value.isEmpty ? "\n" : "")))
        }
        #expect(asKey?.code == .invalidCredentials)
        #expect(asKey?.message.contains("k3y") == false)
        let asID = #expect(throws: ClientConfigurationError.self) {
            try Credentials(clientID: value, apiKey: Secret("key"))
        }
        #expect(asID?.code == .invalidCredentials)
    }

    @Test("a client id with a colon is rejected, because the colon separates it from the key")
    func colon() {
        let error = #expect(throws: ClientConfigurationError.self) {
            try Credentials(clientID: "cid:x", apiKey: Secret("key"))
        }
        #expect(error?.code == .invalidCredentials)
    }
}
