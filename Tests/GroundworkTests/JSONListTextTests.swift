import Groundwork
import SprunTesting
import Testing

@Suite("Lists that stay text")
struct JSONListTextTests {
    /// A document with a list of objects, as a server sends it.
    private static func document(_ elements: [String], before: String = "", after: String = "") -> [UInt8] {
        Array("{\(before)\"data\" : [\(elements.joined(separator: " ,"))]\(after)}".utf8)
    }

    private static let elements = (0..<100).map { number in
        #"{"id":"i\#(number)","name" : "caf\u00e9 \#(number)","n":\#(number),"list":[1,null,{"id":1}]}"#
    }

    @Test("a long list of objects stays text and has the same values")
    func sameValues() throws {
        let bytes = Self.document(Self.elements, before: #""first":1,"#, after: #","actionid":null"#)
        let value = try JSONValue(bytes: bytes, listNamed: "data")
        guard case .array(let list)? = value["data"] else { throw Missing() }
        #expect(list.text != nil)
        #expect(list.count == 100)
        #expect(list[7]["name"] == "café 7")
        #expect(list.member("id", at: 7) == "i7")
        #expect(list.member("n", at: 99) == 99)
        #expect(list.member("none", at: 0) == nil)
        let plain = try JSONValue(bytes: bytes)
        #expect(value == plain)
        #expect(value.hashValue == plain.hashValue)
        #expect(value.bytes == plain.bytes)
    }

    @Test("a list that stays text knows in how many elements a member is a string or not null")
    func counts() throws {
        var elements = Self.elements
        elements[5] = #"{"name":null,"n":"x","id":5,"ssl":{"key":"k"}}"#
        elements[6] = #"{"n":null,"ssl":null}"#
        let value = try JSONValue(bytes: Self.document(elements), listNamed: "data")
        guard case .array(let list)? = value["data"], let text = list.text else { throw Missing() }
        #expect(text.strings(named: "id") == 98)
        #expect(text.strings(named: "name") == 98)
        #expect(text.strings(named: "n") == 1)
        #expect(text.strings(named: "list") == 0)
        #expect(text.hasValue(named: "ssl") && text.hasValue(named: "list"))
        #expect(!text.hasValue(named: "key") && !text.hasValue(named: "none"))
    }

    @Test(
        "a short list, a list of other values and a list of another name are values",
        arguments: [
            document(Array(elements.prefix(63))), document(elements + ["1"]), document(elements + ["[]"]),
            document(elements + [#"{"id":"a","b":{},"id":1}"#]),
            Array(#"{"other":[\#(elements.joined(separator: ","))]}"#.utf8),
            Array("[\(elements.joined(separator: ","))]".utf8), Array(#"{"data":{}}"#.utf8), Array("1".utf8),
        ])
    func values(bytes: [UInt8]) throws {
        let value = try JSONValue(bytes: bytes, listNamed: "data")
        #expect(try value == JSONValue(bytes: bytes))
        if case .array(let list)? = value["data"] { #expect(list.text == nil) }
    }

    private struct Missing: Error {}

    @Test("a fault is found when the text arrives, at the same place as in a list of values", arguments: 0..<4)
    func faults(round: Int) throws {
        let seed = TestRandom.seed() &+ UInt64(round)
        var random = TestRandom(seed: seed)
        var accepted = 0
        for _ in 0..<300 {
            var bytes = Self.document(Self.elements, after: #","actionid":"a""#)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes[index] = Array(#"{}[]",:\0e-tn"#.utf8).randomElement(using: &random) ?? 0
                case 2: bytes.removeSubrange(index..<min(index + 40, bytes.count))
                case 3: bytes.insert(contentsOf: bytes[index...].prefix(30), at: index)
                default: bytes.swapAt(index, Int.random(in: 0..<bytes.count, using: &random))
                }
            }
            let plain = Result { () throws(JSONFailure) in try JSONValue(bytes: bytes) }
            let lazy = Result { () throws(JSONFailure) in try JSONValue(bytes: bytes, listNamed: "data") }
            #expect(plain == lazy, "seed \(seed)")
            if case .success = plain { accepted += 1 }
        }
        #expect(accepted > 10 && accepted < 290, "seed \(seed)")
    }

    @Test("64 levels are read inside a list that stays text, and the 65th is rejected")
    func depth() throws {
        func bytes(_ levels: Int) -> [UInt8] {
            let nested = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
            return Self.document(Self.elements + [#"{"a":\#(nested)}"#])
        }
        #expect(try JSONValue(bytes: bytes(61), listNamed: "data") == JSONValue(bytes: bytes(61)))
        for levels in [62, 1_000_000] {
            let plain = #expect(throws: JSONFailure.self) { try JSONValue(bytes: bytes(levels)) }
            let lazy = #expect(throws: JSONFailure.self) { try JSONValue(bytes: bytes(levels), listNamed: "data") }
            #expect(plain == lazy)
        }
    }
}
