import Groundwork
import Testing

@Suite("Names, digits and shell words")
struct TextToolsTests {
    private static let names = ["dbs", "create_app", "create_db", "create_apq"]

    @Test(
        "the nearest name has the fewest typing errors, and the first by bytes wins",
        arguments: [
            ("create_ap", "create_app"), ("dbs", "dbs"), ("creat_db", "create_db"), ("xyz", nil), ("dsb", "dbs"),
            ("", nil), ("craete_app", "create_app"), ("create_application", nil),
        ] as [(String, String?)])
    func nearestName(name: String, expected: String?) { #expect(Self.names.nearest(to: name) == expected) }

    @Test("long names are compared too")
    func longNames() {
        let long = String(repeating: "recipes/", count: 50) + "rotate"
        #expect([long].nearest(to: long.dropLast() + "a") == long)
        #expect([long].nearest(to: "x" + long + "yyy") == nil)
        #expect([String]().nearest(to: "a") == nil)
    }

    @Test("bytes and hexadecimal digits convert both ways, and other characters are rejected")
    func hexadecimal() {
        let bytes: [UInt8] = [0x00, 0x0F, 0xA0, 0xFF]
        #expect(HexadecimalText.text(bytes) == "000fa0ff")
        #expect(HexadecimalText.bytes(Array("000fA0Ff".utf8)) == bytes)
        for wrong in ["0", "0g", "+1", " 1", "é"] { #expect(HexadecimalText.bytes(Array(wrong.utf8)) == nil) }
        #expect(HexadecimalText.isHexadecimal("09afAF") && !HexadecimalText.isHexadecimal("0x1"))
    }

    @Test("ASCII classes are those of the C locale")
    func classes() {
        let digits = (UInt8.min...UInt8.max).filter(\.isDigit)
        let letters = (UInt8.min...UInt8.max).filter(\.isLetter)
        #expect(String(decoding: digits, as: UTF8.self) == "0123456789")
        #expect(String(decoding: letters, as: UTF8.self) == "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        let others = (UInt8.min...UInt8.max).filter { $0.isHostByte && !$0.isLetterOrDigit }
        #expect(String(decoding: others, as: UTF8.self) == "-._")
    }

    @Test(
        "a shell word is quoted only if it needs quotes",
        arguments: [("/a/b-c.d", "/a/b-c.d"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''"), ("$x", "'$x'")])
    func shellWords(text: String, expected: String) {
        #expect(text.shellQuoted == expected)
        #expect("a".singleQuoted == "'a'")
    }
}
