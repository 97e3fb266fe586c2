internal import OrderedCollections
internal import ServerPilot

/// Puts the secrets that an earlier result knows into a new one about the same resources.
///
/// Two objects are about the same resource when all members that both have and that name one are equal (`id`, `name`,
/// `app`, `serverid` and the like), among them an id, or the server and another one: a name alone is taken on other
/// servers too. In lists, each object is compared with all of the other.
struct ResultMerge {
    /// The members that are secrets, whatever they are called.
    let secrets: Set<String>
    /// Where the earlier result holds secrets that have no place in the new one: `sites[2].password`.
    private(set) var lost: [String] = []
    /// Where the new result has them from the earlier one.
    private(set) var kept: [String] = []

    init(secrets: Set<String>) {
        self.secrets = secrets
    }

    /// The new value with what only the earlier one knows.
    mutating func merged(_ new: JSONValue?, with earlier: JSONValue, at path: String = "") -> JSONValue {
        switch (new, earlier) {
        case (.object(let new)?, .object(let earlier)):
            return .object(merged(new, with: earlier, at: path))
        case (.array(var elements)?, .array(let earlier)):
            for (index, element) in earlier.enumerated() {
                let path = "\(path)[\(index + 1)]"
                if let place = elements.firstIndex(where: { Self.isSame($0, element) }) {
                    elements[place] = merged(elements[place], with: element, at: path)
                } else {
                    lost += places(in: element, at: path)
                }
            }
            return .array(elements)
        default:
            lost += places(in: earlier, at: path)
            return new ?? .null
        }
    }

    private mutating func merged(_ new: JSONObject, with earlier: JSONObject, at path: String) -> JSONObject {
        let isSame = Self.isSame(.object(new), .object(earlier))
        guard isSame || Self.shared(new, earlier).isEmpty else {
            lost += places(in: .object(earlier), at: path)
            return new
        }
        var result = new
        for (name, value) in earlier {
            let path = path.isEmpty ? name : "\(path).\(name)"
            if isSecret(name), value != .null {
                guard new[name] ?? .null == .null else { continue }
                guard isSame else {
                    lost.append(path)
                    continue
                }
                result[name] = value
                kept.append(path)
            } else if new[name] != nil {
                result[name] = merged(new[name], with: value, at: path)
            } else {
                lost += places(in: value, at: path)
            }
        }
        return result
    }

    // MARK: What is what

    /// The members that name a resource.
    private static func names(_ object: JSONObject) -> JSONObject {
        object.filter { name, value in
            guard value.stringValue != nil else { return false }
            return nouns.contains(name) || name.hasSuffix("_id") || name.hasSuffix("_name")
        }
    }

    private static let ids = Set(ResourceKind.allCases.map { $0.rawValue + "id" } + ["id"])
    private static let nouns: Set<String> = Set(ResourceKind.allCases.map(\.rawValue))
        .union(ids).union(["name", "user", "database", "domain", "site", "host"])

    /// The members by which two objects can be told apart.
    private static func shared(_ one: JSONObject, _ other: JSONObject) -> [String] {
        let others = names(other)
        return names(one).keys.filter { others[$0] != nil }
    }

    private static func isSame(_ one: JSONValue, _ other: JSONValue) -> Bool {
        guard case .object(let one) = one, case .object(let other) = other else { return false }
        let shared = shared(one, other)
        let isCertain = shared.contains(where: ids.contains) || (shared.contains("server") && shared.count > 1)
        return isCertain && shared.allSatisfy { one[$0] == other[$0] }
    }

    private static let secretWords = ["password", "passwd", "secret", "token", "apikey", "api_key", "private_key"]

    private func isSecret(_ name: String) -> Bool { secrets.contains(name) || Self.mayBeSecret(name) }

    /// Whether a text speaks of a secret.
    static func mayBeSecret(_ text: String) -> Bool {
        let lowercased = text.lowercased()
        return secretWords.contains { lowercased.contains($0) }
    }

    /// Where a value holds secrets.
    private func places(in value: JSONValue, at path: String) -> [String] {
        switch value {
        case .array(let elements):
            return elements.enumerated().flatMap { places(in: $1, at: "\(path)[\($0 + 1)]") }
        case .object(let members):
            return members.flatMap { name, value -> [String] in
                let path = path.isEmpty ? name : "\(path).\(name)"
                return isSecret(name) && value != .null ? [path] : places(in: value, at: path)
            }
        default: return []
        }
    }
}
