import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import SprunTesting

/// Makes up entries from random numbers: of every kind, with every kind of value in their bodies.
struct RandomEntries {
    private static let texts = ["", "name", "a\0b", "\u{1F600}\u{0301}", "quo\"te\\", "line\nline", "\u{7F}\u{1}", "ü"]

    var random: TestRandom

    init(seed: UInt64) { random = TestRandom(seed: seed) }

    mutating func next() -> JournalEntry {
        let kind = JournalEntry.Kind.allCases.randomElement(using: &random) ?? .observed
        let step = StepID(
            coroutine: ["/", "/3.1.0", "/1.2.3/4.5.6"].randomElement(using: &random) ?? "/",
            call: Int.random(in: 1...99, using: &random), part: Int.random(in: 1...9, using: &random))
        return JournalEntry(
            kind, step: Bool.random(using: &random) ? step : nil,
            operation: ["create_app", "", "wait"].randomElement(using: &random) ?? "",
            digest: Bool.random(using: &random) ? String(random.next(), radix: 16) : "",
            site: Bool.random(using: &random) ? "site.lua:\(Int.random(in: 1...500, using: &random))" : "",
            time: Timestamp(sinceEpoch: .nanoseconds(Int64.random(in: -1_000...Int64.max, using: &random))),
            body: object(depth: 4))
    }

    private mutating func object(depth: Int) -> JSONObject {
        var object: JSONObject = [:]
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            object["\(text())\(Int.random(in: 0..<9, using: &random))"] = value(depth: depth - 1)
        }
        return object
    }

    private mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer(Int64.random(in: Int64.min...Int64.max, using: &random))
        case 3:
            let double = Double(bitPattern: random.next())
            return .double(double.isFinite ? double : 0.5)
        case 4: return .string(text() + text())
        case 5:
            var elements: [JSONValue] = []
            for _ in 0..<Int.random(in: 0...4, using: &random) { elements.append(value(depth: depth - 1)) }
            return .array(elements)
        default: return .object(object(depth: depth))
        }
    }

    private mutating func text() -> String { Self.texts.randomElement(using: &random) ?? "" }
}
