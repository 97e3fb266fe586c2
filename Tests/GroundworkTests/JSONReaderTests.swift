import Groundwork
import OrderedCollections
import SprunTesting
import Testing

@Suite("Reading JSON")
struct JSONReaderTests {
    @Test(
        "the reader reads every kind of value",
        arguments: [
            ("null", .null), ("true", true), (" \t\r\nfalse ", false), ("0", 0), ("-0", 0), ("-12", -12),
            ("9223372036854775807", 9_223_372_036_854_775_807), ("1.0", .double(1)), ("1e2", .double(100)),
            ("-0.5E-1", .double(-0.05)), ("9223372036854775808", .largeInteger("9223372036854775808")),
            ("\"\"", ""), ("\"é😀\"", "é😀"), ("[]", []), ("[1,[2]]", [1, [2]]), ("{}", [:]),
            ("{\"a\":{\"b\":null}}", ["a": ["b": .null]]),
            ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\ud83d\\ude00\\u0000\"", "\"\\/\u{8}\u{C}\n\r\tAé😀\u{0}"),
        ] as [(String, JSONValue)])
    func reads(text: String, value: JSONValue) throws {
        #expect(try JSONValue(text: text) == value)
    }

    @Test("integers are exact, also beyond 64 bits, and an integer is never a float")
    func integers() throws {
        for integer: Int64 in [.min, .min + 1, -1, 0, 1, 1 << 53, 9_007_199_254_740_993, .max - 1, .max] {
            #expect(try JSONValue(text: "\(integer)") == .integer(integer))
            #expect(JSONValue.integer(integer).text() == "\(integer)")
        }
        #expect(try JSONValue(text: "1") != JSONValue(text: "1.0"))
        #expect(try JSONValue(text: "-9223372036854775809") == .largeInteger("-9223372036854775809"))
    }

    @Test("members keep their order, and the last of two members with the same name counts")
    func order() throws {
        let object = try #require(try JSONValue(text: "{\"z\":1,\"a\":2,\"m\":3,\"a\":4}").objectValue)
        #expect(Array(object.keys) == ["z", "a", "m"])
        #expect(object["a"] == 4)
        #expect(JSONValue.object(object).text() == "{\"z\":1,\"a\":4,\"m\":3}")
    }

    @Test(
        "the reader rejects invalid JSON and reports the position",
        arguments: [
            ("", 0), ("   ", 3), ("nul", 0), ("nulx", 0), ("True", 0), ("01", 2), ("-", 0), ("+1", 0), (".5", 0),
            ("1.", 2),
            ("1e", 2), ("1e+", 3), ("1e999", 5), ("[1,]", 3), ("[1 2]", 3), ("[1", 2), ("[", 1), ("{", 1),
            ("{\"a\"}", 4),
            ("{\"a\":}", 5), ("{\"a\":1,}", 7), ("{a:1}", 1), ("{\"a\":1 \"b\":2}", 7), ("\"abc", 4), ("\"a\nb\"", 2),
            ("\"\\x\"", 3), ("\"\\u12g4\"", 5), ("\"\\u12", 3), ("\"\\ud800\"", 7), ("\"\\udc00\"", 7),
            ("\"\\ud800\\u0041\"", 13), ("1 2", 2), ("{}{}", 2), ("NaN", 0), ("Infinity", 0), ("'a'", 0), ("/*a*/1", 0),
            ("\u{FEFF}1", 0),
        ])
    func refuses(text: String, offset: Int) {
        let failure = #expect(throws: JSONFailure.self) { try JSONValue(text: text) }
        #expect(failure?.offset == offset)
        #expect(failure?.description.contains("at byte \(offset)") == true)
    }

    @Test(
        "the reader rejects bytes that are not UTF-8",
        arguments: [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80]] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) {
        for text in [bytes, bytes + Array("\\n".utf8)] {
            let quoted = [UInt8(ascii: "\"")] + text + [UInt8(ascii: "\"")]
            #expect(throws: JSONFailure.self) { try JSONValue(bytes: quoted) }
        }
    }

    @Test(
        "64 levels of nesting are read, the 65th is rejected, and a million do not overflow the stack",
        arguments: ["[", "{\"a\":"])
    func depth(open: String) throws {
        let close = open == "[" ? "]" : "}"
        func nested(_ levels: Int) -> String {
            String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)
        }
        _ = try JSONValue(text: nested(64))
        let failure = #expect(throws: JSONFailure.self) { try JSONValue(text: nested(65)) }
        #expect(failure?.offset == 64 * open.utf8.count)
        #expect(throws: JSONFailure.self) { try JSONValue(text: nested(1_000_000)) }
    }

    @Test("a failure never quotes the text")
    func silence() {
        let secret = "hunter2hunter2"
        for text in [
            "{\"password\":\"\(secret)\"", "\(secret)", "[\"\(secret)\" \"\(secret)\"]", "{\"\(secret)\" 1}",
            "\"\(secret)\\q\"",
            "1\(secret)", "{\(secret):1}",
        ] {
            let failure = #expect(throws: JSONFailure.self) { try JSONValue(text: text) }
            #expect(
                failure.map { "\($0)".contains("hunter") || "\(String(reflecting: $0))".contains("hunter") } == false)
        }
    }

    @Test("hostile bytes produce a value or a failure with a valid position", arguments: 0..<5)
    func fuzz(round: Int) throws {
        let seed = TestRandom.seed() &+ UInt64(round)
        var random = TestRandom(seed: seed)
        let seeds = ["{\"a\":[1,-2.5e3,\"x\\u00e9\\ud83d\\ude00\",null,true]}", "[[[[{}]]],\"\\\"\"]"].map {
            Array($0.utf8)
        }
        for _ in 0..<2000 {
            var bytes = seeds.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.removeSubrange(index...)
                case 2: bytes.insert(contentsOf: bytes[index...].prefix(5), at: index)
                default: bytes.swapAt(index, Int.random(in: 0..<bytes.count, using: &random))
                }
                if bytes.isEmpty { bytes = [UInt8(ascii: "[")] }
            }
            do throws(JSONFailure) {
                let value = try JSONValue(bytes: bytes)
                #expect(try JSONValue(bytes: value.bytes) == value, "seed \(seed)")
            } catch {
                #expect((0...bytes.count).contains(error.offset), "seed \(seed)")
            }
        }
    }

    @Test("for two members with the same name, the wanted member counts, or the text is rejected")
    func repeated() throws {
        let text = Array(#"{"a":1,"b":{"c":1,"c":2},"a":3}"#.utf8)
        #expect(try JSONValue(bytes: text) == ["a": 3, "b": ["c": 2]])
        #expect(try JSONValue(bytes: text, repeated: .first) == ["a": 1, "b": ["c": 1]])
        #expect(throws: JSONFailure.self) { try JSONValue(bytes: text, repeated: .refused) }
        #expect(throws: JSONFailure.self) { try JSONValue(bytes: Array(#"{"a":1,"a":}"#.utf8), repeated: .first) }
    }
}
