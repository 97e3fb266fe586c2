internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// Describes the differences between two answers of the account.
enum PlanDrift {
    static func words(_ kind: ResourceKind, before: JSONValue, now: JSONValue) -> [String] {
        let old = things(before)
        let new = things(now)
        var words: [String] = []
        for (id, thing) in old where new[id] == nil {
            words.append(
                "the \(kind.spokenName) '\(name(thing))' was deleted")
        }
        for (id, thing) in new {
            guard let earlier = old[id] else {
                words.append("the \(kind.spokenName) '\(name(thing))' is new")
                continue
            }
            let members = OrderedSet((earlier.objectValue ?? [:]).keys).union((thing.objectValue ?? [:]).keys)
            for member in members where earlier[member] != thing[member] {
                words.append(
                    "the \(kind.spokenName) '\(name(thing))': \(member) changed from \(text(earlier[member])) to "
                        + "\(text(thing[member]))")
            }
        }
        // Another order of the same resources is no difference.
        return words
    }

    private static func things(_ answer: JSONValue) -> OrderedDictionary<String, JSONValue> {
        let list = answer.arrayValue ?? (answer == .null ? [] : [answer])
        return OrderedDictionary(list.map { ($0["id"]?.stringValue ?? "?", $0) }, uniquingKeysWith: { $1 })
    }

    private static func name(_ thing: JSONValue) -> String {
        thing["name"]?.stringValue ?? thing["id"]?.stringValue ?? "?"
    }

    private static func text(_ value: JSONValue?) -> String {
        guard let value else { return "nothing" }
        let text = value.text()
        return text.count > 80 ? "\(text.prefix(77))…" : text
    }
}
