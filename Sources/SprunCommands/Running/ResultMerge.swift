internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// A merge that copies secrets from an earlier result into a new result for the same resources.
///
/// Two objects describe the same resource if all naming members in both (`id`, `name`, `app`, `serverid` and the like)
/// are equal. An id must be among them, or the server and another member, because other servers can use the same name.
/// In lists, each object is compared with all objects of the other list.
struct ResultMerge {
    /// The names of members that are secrets, besides those whose names suggest it.
    let secrets: Set<String>
    /// The paths of earlier secrets that have no place in the new result, such as `sites[2].password`.
    private(set) var lost: [String] = []
    /// The paths of secrets that were copied into the new result.
    private(set) var kept: [String] = []

    init(secrets: Set<String>) {
        self.secrets = secrets
    }

    /// Returns the new value with the secrets that only the earlier value contains.
    mutating func merged(_ new: JSONValue?, with earlier: JSONValue, at path: String = "") -> JSONValue {
        switch (new, earlier) {
        case (.object(let new)?, .object(let earlier)):
            return .object(merged(new, with: earlier, at: path))
        case (.array(let list)?, .array(let earlier)):
            var elements = list.values
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

    // MARK: Comparison

    /// Returns the members that name a resource.
    private static func names(_ object: JSONObject) -> JSONObject {
        object.filter { name, value in
            guard value.stringValue != nil else { return false }
            return nouns.contains(name) || name.hasSuffix("_id") || name.hasSuffix("_name")
        }
    }

    private static let ids = Set(ResourceKind.allCases.map { $0.rawValue + "id" } + ["id"])
    private static let nouns: Set<String> = Set(ResourceKind.allCases.map(\.rawValue))
        .union(ids).union(["name", "user", "database", "domain", "site", "host"])

    /// Returns the naming members that both objects have.
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

    /// Whether the text contains a word for a secret.
    static func mayBeSecret(_ text: String) -> Bool {
        let lowercased = text.lowercased()
        return secretWords.contains { lowercased.contains($0) }
    }

    /// Returns the paths of the secrets in a value.
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
