import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Synchronization

/// Makes replies that no honest server sends out of honest ones, from a seed.
struct HostileReply {
    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    private mutating func draw(_ count: Int) -> Int { count < 1 ? 0 : Int(random.next() % UInt64(count)) }

    /// One more, made of that reply.
    mutating func next(from honest: WireResponse) -> WireResponse {
        var reply = honest
        if draw(6) == 0 {
            reply.status = .init(code: [100, 199, 204, 206, 299, 301, 304, 400, 408, 429, 500, 599, 999][draw(13)])
        }
        if draw(12) == 0 { reply.headers[.retryAfter] = Self.delays[draw(Self.delays.count)] }
        if draw(2) == 0, let document = try? JSONValue(bytes: reply.body) {
            reply.body = Array(changed(document, depth: 0).text().utf8)
        }
        for _ in 0..<draw(4) { scratch(&reply.body) }
        return reply
    }

    private static let delays = [
        "0", "-1", "1", "9223372036854775807", "99999999999999999999", "1e9", "soon", "Wed, 21 Oct 2015 07:28:00 GMT",
        "",
    ]

    /// The document with something in it that is not what it was.
    private mutating func changed(_ value: JSONValue, depth: Int) -> JSONValue {
        if draw(4 + 3 * depth) == 0 { return anything() }
        switch value {
        case .object(var members):
            guard !members.isEmpty else { return .object(members) }
            let index = draw(members.count)
            let name = members.elements[index].key
            switch draw(4) {
            case 0: members.removeValue(forKey: name)
            case 1: members[["id", "data", "actionid", "status", "", "\u{0}"][draw(6)]] = anything()
            default: members[name] = changed(members.elements[index].value, depth: depth + 1)
            }
            return .object(members)
        case .array(let array):
            var elements = array.values
            guard !elements.isEmpty else { return .array([anything()]) }
            let index = draw(elements.count)
            switch draw(4) {
            case 0: elements.remove(at: index)
            case 1: elements.append(elements[index])
            default: elements[index] = changed(elements[index], depth: depth + 1)
            }
            return .array(elements)
        default: return anything()
        }
    }

    private mutating func anything() -> JSONValue {
        switch draw(16) {
        case 0: .null
        case 1: .bool(draw(2) == 0)
        case 2: .integer([0, -1, 1, .max, .min, 1 << 53, -62_135_596_801][draw(7)])
        case 3: .double([0.5, -0.0, 1e308, 1e-300, 1e19][draw(5)])
        case 4: .string("")
        case 5: .string(String(repeating: "é\u{0}\u{202e}", count: 1 + draw(2000)))
        case 6: .string("../../apps?x=\r\nHost: y")
        case 7: .array([])
        case 8: .object([:])
        case 9: .array(Array(repeating: .integer(1), count: draw(500)))
        case 10: (0..<draw(200)).reduce(JSONValue.null) { inner, _ in .array([inner]) }
        case 11: .object(["id": .string("x"), "name": .array([])])
        case 12: .string("success")
        case 13: .string("\u{1b}[2Jerror")
        case 14: .object(["message": .integer(1)])
        default: .string("www1")
        }
    }

    /// Changes bytes without knowing what they are.
    private mutating func scratch(_ bytes: inout [UInt8]) {
        let at = draw(bytes.count + 1)
        switch draw(8) {
        case 0: bytes.removeSubrange(at...)
        case 1: if at < bytes.count { bytes[at] ^= UInt8(1 << draw(8)) }
        case 2: bytes.insert(contentsOf: (0..<draw(8)).map { _ in UInt8(truncatingIfNeeded: random.next()) }, at: at)
        case 3: bytes.removeSubrange(at..<min(bytes.count, at + draw(9)))
        case 4: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + draw(64))], at: at)
        case 5:
            let pieces = ["[", "{", "\"", "\\ud800", "\\u0000", "1e999", "-", ",", "}", "\u{feff}", "null"]
            bytes.insert(contentsOf: pieces[draw(pieces.count)].utf8, at: at)
        case 6: bytes.insert(contentsOf: Array(repeating: UInt8(ascii: "["), count: draw(3000)), at: at)
        default: if draw(10) == 0 { bytes = [] }
        }
    }
}

/// Answers with hostile replies, as many as were ordered; then the connection is refused.
final class HostileTransport: Transport {
    private struct State {
        var mutator: HostileReply
        var left: Int
        var last: ContinuousClock.Instant?
        var longest = Duration.zero
    }

    private let base: any Transport
    private let state: Mutex<State>

    init(_ base: any Transport, seed: UInt64, count: Int) {
        self.base = base
        state = Mutex(State(mutator: HostileReply(seed: seed), left: count))
    }

    /// How many are left.
    var left: Int { state.withLock { $0.left } }
    /// The longest time between one reply and the next request: what reading it took.
    var longest: Duration { state.withLock { $0.longest } }

    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        state.withLock { state in
            if let last = state.last { state.longest = max(state.longest, .now - last) }
        }
        let honest = try await base.send(request)
        let reply: WireResponse? = state.withLock { state in
            guard state.left > 0 else { return nil }
            state.left -= 1
            let reply = state.mutator.next(from: honest)
            state.last = .now
            return reply
        }
        guard let reply else {
            throw ServerPilotError(code: .notConnected, message: "no more replies", delivery: .notSent)
        }
        return reply
    }
}
