import Groundwork
import OrderedCollections
import SprunTesting
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
    @Test("compact text has no spaces, and members keep their order")
    func oneLine() {
        let value: JSONValue = ["b": [1, 2.5, .null, true], "a": ["x": "y"], "e": [], "o": [:]]
        #expect(value.text() == "{\"b\":[1,2.5,null,true],\"a\":{\"x\":\"y\"},\"e\":[],\"o\":{}}")
    }

    @Test("with an indentation, each member has its own line")
    func indented() {
        let value: JSONValue = ["b": [1, 2], "e": []]
        #expect(value.text(indentation: 2) == "{\n  \"b\": [\n    1,\n    2\n  ],\n  \"e\": []\n}")
    }

    @Test("quotes, backslashes and control characters are escaped, and no other character")
    func escapes() {
        let text = "\"\\/\n\r\t\u{0}\u{1F}\u{7F}é😀\u{2028}"
        #expect(JSONValue.string(text).text() == "\"\\\"\\\\/\\n\\r\\t\\u0000\\u001f\\u007fé😀\u{2028}\"")
    }

    @Test("a float stays a float, and a number that JSON cannot express becomes null")
    func floats() throws {
        for number in [1.0, -0.0, 0.1, 1e300, Double.leastNonzeroMagnitude, Double.pi, 1e16, 1e22] {
            #expect(try JSONValue(text: JSONValue.double(number).text()) == .double(number))
        }
        #expect(JSONValue.double(.nan).text() == "null")
        #expect(JSONValue.double(-.infinity).text() == "null")
    }

    @Test("reading the written text returns the same value", arguments: 0..<5, [nil, 1, 4] as [Int?])
    func roundTrip(round: Int, indentation: Int?) throws {
        let seed = TestRandom.seed() &+ UInt64(round)
        var random = TestRandom(seed: seed)
        for _ in 0..<200 {
            let value = Self.value(depth: 5, &random)
            let text = value.text(indentation: indentation)
            let read = try JSONValue(text: text)
            #expect(read == value, "seed \(seed)")
            #expect(read.text(indentation: indentation) == text, "seed \(seed)")
        }
    }

    private static func value(depth: Int, _ random: inout TestRandom) -> JSONValue {
        switch Int.random(in: depth > 0 ? 0..<8 : 0..<6, using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer(Int64.random(in: .min ... .max, using: &random))
        case 3: return .double(Double.random(in: -1e10...1e10, using: &random))
        case 4, 5: return .string(text(&random))
        case 6: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth - 1, &random) })
        default:
            let members = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                (text(&random), value(depth: depth - 1, &random))
            }
            return .object(JSONObject(members, uniquingKeysWith: { $1 }))
        }
    }

    private static func text(_ random: inout TestRandom) -> String {
        let scalars = (0..<Int.random(in: 0...8, using: &random)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0...0x1FFFF, using: &random))
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
