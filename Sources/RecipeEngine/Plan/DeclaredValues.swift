internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// Values in the declared replies of a plan, paired with the values of the real replies.
///
/// A plan is made with declared replies: an address, an id that a provider assigns. In the run that follows it, later
/// requests contain the real values and still count as planned.
struct DeclaredValues: Sendable {
    private var real: [String: Set<String>] = [:]

    /// Learns the pairs of values in two replies to the same request.
    mutating func pair(_ declared: JSONValue, _ answered: JSONValue) {
        switch (declared, answered) {
        case (.object(let members), _):
            for (name, value) in members { pair(value, answered[name] ?? .null) }
        case (.array(let elements), .array(let others)):
            for (index, element) in elements.enumerated() {
                if let other = Self.counterpart(of: element, at: index, in: others.values) { pair(element, other) }
            }
        case (.string(let text), .string(let other)) where Self.isDocument(text) && Self.isDocument(other):
            // The texts are bodies of replies.
            guard let inner = try? JSONValue(bytes: Array(text.utf8)),
                let otherInner = try? JSONValue(bytes: Array(other.utf8))
            else { return }
            pair(inner, otherInner)
        default:
            guard let text = Self.text(declared), !text.isEmpty, let other = Self.text(answered), other != text else {
                return
            }
            real[text, default: []].insert(other)
        }
    }

    /// Returns the counterpart of a declared element: the element with the most equal members, or else that at the same
    /// index.
    private static func counterpart(of element: JSONValue, at index: Int, in others: [JSONValue]) -> JSONValue? {
        let own = others.indices.contains(index) ? others[index] : nil
        guard case .object(let members) = element else { return own }
        func likeness(_ other: JSONValue) -> Int { members.count { other[$0.key] == $0.value } }
        let best = others.max { likeness($0) < likeness($1) }
        guard let best, likeness(best) > (own.map(likeness) ?? -1) else { return own }
        return best
    }

    /// Learns a single pair of values, such as an id.
    mutating func pair(_ declared: String, _ answered: String) { real[declared, default: []].insert(answered) }

    private static func isDocument(_ text: String) -> Bool { text.first == "{" || text.first == "[" }

    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .integer, .double: value.text()
        default: nil
        }
    }

    /// Returns whether a value equals the planned value, once declared values are replaced with real values.
    func matches(_ planned: JSONValue, _ now: JSONValue) -> Bool {
        switch (planned, now) {
        case (.string(let planned), .string(let now)): matches(planned, now)
        case (.array(let planned), .array(let now)):
            planned.count == now.count && zip(planned, now).allSatisfy { matches($0, $1) }
        case (.object(let planned), .object(let now)):
            Set(planned.keys) == Set(now.keys)
                && planned.allSatisfy { name, value in now[name].map { matches(value, $0) } ?? false }
        default:
            planned == now || (Self.text(planned).map { real[$0]?.contains(Self.text(now) ?? "") ?? false } ?? false)
        }
    }

    /// The maximum length in bytes of a text that may contain declared values: a name, an address, a script.
    ///
    /// Longer texts must be equal.
    private static let longest = 100_000

    /// Returns whether a text equals the planned text, with each declared value in it as declared or as in a real
    /// reply.
    func matches(_ planned: String, _ now: String) -> Bool {
        guard planned != now else { return true }
        let (planned, now) = (Array(planned.utf8), Array(now.utf8))
        let values = real.map { (Array($0.utf8), $1.map { Array($0.utf8) }) }.filter { Self.find($0.0, in: planned) }
        guard !values.isEmpty, max(planned.count, now.count) <= Self.longest else { return false }
        // For each position in the planned text, the positions in the other text that it can correspond to.
        var places: [Int: Set<Int>] = [0: [0]]
        for index in planned.indices {
            guard let reached = places.removeValue(forKey: index) else { continue }
            let here = values.filter { planned[index...].starts(with: $0.0) }
            for place in reached {
                if place < now.count, now[place] == planned[index] { places[index + 1, default: []].insert(place + 1) }
                for (declared, answers) in here {
                    for answer in answers where now[place...].starts(with: answer) {
                        places[index + declared.count, default: []].insert(place + answer.count)
                    }
                }
            }
        }
        return places[planned.count]?.contains(now.count) ?? false
    }

    private static func find(_ part: [UInt8], in whole: [UInt8]) -> Bool {
        guard let first = part.first else { return false }
        return whole.indices.contains { whole[$0] == first && whole[$0...].starts(with: part) }
    }
}
