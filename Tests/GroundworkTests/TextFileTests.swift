import Groundwork
import Testing

@Suite("Text files of editors")
struct TextFileTests {
    @Test("only a byte order mark and carriage returns are removed")
    func text() {
        func read(_ bytes: [UInt8]) -> String { String(decoding: TextFile.text(bytes), as: UTF8.self) }
        #expect(read([0xEF, 0xBB, 0xBF] + Array("a\r\nb\r\n".utf8)) == "a\nb\n")
        #expect(read(Array("a\rb\n\rc\r\r\nd".utf8)) == "a\nb\n\nc\n\nd")
        #expect(read(Array("plain\n".utf8)) == "plain\n")
        #expect(read([0xEF, 0xBB, 0xBF]) == "")
        // Only at the beginning is it a mark.
        #expect(TextFile.text(Array("a\u{FEFF}".utf8)) == Array("a\u{FEFF}".utf8))
    }

    @Test("UTF-16 is recognized")
    func utf16() {
        #expect(TextFile.isUTF16([0xFF, 0xFE, 0x61, 0x00]) && TextFile.isUTF16([0xFE, 0xFF, 0x00, 0x61]))
        #expect(!TextFile.isUTF16(Array("é".utf8)) && !TextFile.isUTF16([]))
    }
}
