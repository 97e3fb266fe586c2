import ServerPilot
import Testing

@Suite("The key of an SSH key")
struct NaturalKeyTests {
    @Test(
        "is its type and its blob, whatever separates them",
        arguments: [
            "ssh-ed25519 AAAA", "ssh-ed25519 AAAA joe@example", "ssh-ed25519\tAAAA  joe at work",
            " ssh-ed25519  AAAA\r\n",
            "ssh-ed25519 AAAA jörg\u{A0}x",
        ])
    func withoutComment(_ text: String) {
        #expect(NaturalKey.withoutComment(text) == "ssh-ed25519 AAAA")
    }

    @Test("is the text where it has fewer words", arguments: ["", "AAAA", " AAAA "])
    func incomplete(_ text: String) {
        #expect(NaturalKey.withoutComment(text) == (text.isEmpty ? "" : "AAAA"))
    }
}
