import DurableSteps
import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import SprunTesting

/// Makes up entries from random numbers: of every kind, with every field there or not, and every kind of value.
struct RandomEntries {
    private static let texts = ["", "name", "a\0b", "\u{1F600}\u{0301}", "quo\"te\\", "line\nline", "\u{7F}\u{1}", "ü"]

    var random: TestRandom

    init(seed: UInt64) { random = TestRandom(seed: seed) }

    mutating func next() -> JournalEntry {
        JournalEntry(
            content(), at: Timestamp(sinceEpoch: .nanoseconds(Int64.random(in: -1_000...Int64.max, using: &random))))
    }

    private mutating func content() -> Entry {
        let call = call()
        switch draw(9) {
        case 0: return .intent(call, intent(isOutside: call.call.isOutside))
        case 1: return .outcome(call, outcome(isOutside: call.call.isOutside))
        case 2: return .observed(call, Entry.Observation(observed(), secrets: maybe { $0.list() }))
        case 3:
            return .stopped(
                call,
                Entry.Stop(
                    reason: text(), candidates: list(),
                    choices: Entry.Stop.Choice.allCases.filter { _ in draw(2) == 0 }, isReported: draw(2) == 0,
                    falls: maybe { $0.list() }, object: maybe { $0.text() }, id: maybe { $0.text() }))
        case 4: return .secret(name: word(), value: text())
        case 5: return .recipe(text())
        case 6: return .plan(value(depth: 4))
        case 7: return .retry
        default: return .ended(end())
        }
    }

    private mutating func intent(isOutside: Bool) -> Entry.Intent {
        let attempt = draw(9)
        guard !isOutside else {
            return Entry.Intent(
                .none, attempt: attempt, secrets: maybe { $0.list() }, object: maybe { $0.text() })
        }
        let evidence: Entry.Intent.Evidence =
            draw(3) == 0 ? .recreation(deletes: text(), before: list()) : .lookup(key: object(depth: 2), before: list())
        return Entry.Intent(
            evidence, attempt: attempt, falls: maybe { $0.list() }, secrets: maybe { $0.list() },
            object: maybe { $0.text() }, id: maybe { $0.text() })
    }

    private mutating func outcome(isOutside: Bool) -> Entry.Outcome {
        let origin = Entry.Outcome.Origin.allCases.randomElement(using: &random) ?? .reply
        let result: Entry.Outcome.Result =
            draw(2) == 0
            ? .failed(failure())
            : .done(data: value(depth: 4), action: isOutside ? nil : maybe { $0.text() }, by: origin)
        return Entry.Outcome(result, object: maybe { $0.text() }, id: maybe { $0.text() })
    }

    private mutating func observed() -> Entry.Observation.Result {
        switch draw(3) {
        case 0: .value(value(depth: 4))
        case 1: .skipped(value(depth: 4))
        default: .failed(failure())
        }
    }

    private mutating func end() -> Entry.End {
        let result: Entry.End.Result =
            switch draw(3) {
            case 0: .done(maybe { $0.value(depth: 4) })
            case 1: .failed(code: text(), message: text())
            default: .undone
            }
        return Entry.End(result, areSecretsShown: draw(4) == 0)
    }

    private mutating func failure() -> StepFailure {
        StepFailure(
            code: text(), message: text(), status: maybe { $0.draw(600) },
            delivery: maybe { [.notSent, .rejected, .throttled, .ambiguous][$0.draw(4)] },
            details: maybe { random in
                StepFailure.Details(
                    operation: random.maybe { $0.text() }, object: random.maybe { $0.text() },
                    hint: random.maybe { $0.text() }, token: random.maybe { $0.text() })
            })
    }

    private mutating func call() -> StepCall {
        let path = CoroutinePath(
            (0..<draw(3)).map { _ in
                CoroutinePath.Level(call: 1 + draw(99), batch: 1 + draw(3), index: draw(9))
            })
        let places: [Place] = [
            .coroutine(path), .immediate("time", in: path), .imported(by: "site.lua > git:%25 a!/b:1.1"),
            .parameters("server"),
        ]
        return StepCall(
            StepID(places[draw(places.count)], call: 1 + draw(99), part: 1 + draw(9)), Call(recorded: word()),
            digest: draw(2) == 0 ? String(random.next(), radix: 16) : "",
            site: draw(2) == 0 ? "site.lua:\(1 + draw(500))" : "")
    }

    private mutating func maybe<Value>(_ make: (inout RandomEntries) -> Value) -> Value? {
        draw(2) == 0 ? make(&self) : nil
    }

    private mutating func draw(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    private mutating func list() -> [String] { (0..<draw(4)).map { _ in text() } }
    private mutating func word() -> String { ["create_app", "wait", "http.post", "ssh.run"][draw(4)] }

    private mutating func object(depth: Int) -> JSONObject {
        var object: JSONObject = [:]
        for _ in 0..<draw(6) { object["\(text())\(draw(9))"] = value(depth: depth - 1) }
        return object
    }

    private mutating func value(depth: Int) -> JSONValue {
        switch draw(depth > 0 ? 7 : 5) {
        case 0: return .null
        case 1: return .bool(draw(2) == 0)
        case 2: return .integer(Int64.random(in: Int64.min...Int64.max, using: &random))
        case 3:
            let double = Double(bitPattern: random.next())
            return .double(double.isFinite ? double : 0.5)
        case 4: return .string(text() + text())
        case 5:
            var elements: [JSONValue] = []
            for _ in 0..<draw(5) { elements.append(value(depth: depth - 1)) }
            return .array(elements)
        default: return .object(object(depth: depth))
        }
    }

    private mutating func text() -> String { Self.texts.randomElement(using: &random) ?? "" }
}
