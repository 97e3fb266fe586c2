public import OrderedCollections
public import ServerPilot

/// A question to the account whose answer a plan rests on.
///
/// It is as narrow as what the recipe asked: of a list that it looked through for one name, only what has that name
/// counts, so that a change elsewhere does not make a plan stale.
public struct PlanReading: Hashable, Sendable {
    /// The operation that reads: a list, or one thing.
    public let operation: ServerPilot.Operation.Name
    /// What stands in its path.
    public let arguments: JSONObject
    /// Fields that the wanted things of a list have; empty for all of them.
    public let filter: JSONObject

    /// A question.
    public init(_ operation: ServerPilot.Operation.Name, _ arguments: JSONObject, filter: JSONObject = [:]) {
        self.operation = operation
        self.arguments = arguments
        self.filter = filter
    }

    /// Members that change by themselves: time decides them, so a plan asks for them and does not rest on them.
    private static let restless: Set<String> = ["lastconn"]

    /// The answer, in `data` of the reply: an array of a list, an object, or null for what is not there.
    public func answer(in data: JSONValue) -> JSONValue {
        guard case .array = data else { return Self.calm(data) }
        return .array(wanted(in: data).map(Self.calm))
    }

    /// The resources in `data` of the reply that were asked for.
    func wanted(in data: JSONValue) -> [JSONValue] {
        guard case .array(let things) = data else { return data == .null ? [] : [data] }
        return things.filter(isWanted)
    }

    /// An answer without what may have moved since the earlier one because time has passed: AutoSSL has become available
    /// for an app, a server has connected for the first time.
    ///
    /// A plan has a branch for that where it matters.
    public static func settled(_ answer: JSONValue, since earlier: JSONValue) -> JSONValue {
        if case .array(let resources) = answer {
            let before = Dictionary(
                (earlier.arrayValue ?? []).map { ($0["id"], $0) }, uniquingKeysWith: { first, _ in first })
            return .array(resources.map { settled($0, since: before[$0["id"]] ?? .null) })
        }
        guard case .object(var members) = answer, case .object(let before) = earlier else { return answer }
        let wasAvailable = before["autossl"].map { TimedFact.autoSSLIsAvailable.holds(for: ["autossl": $0]) ?? false }
        if wasAvailable == false { members["autossl"] = before["autossl"] }
        if before["lastaddress"] == .null { members["lastaddress"] = .null }
        return .object(members)
    }

    private func isWanted(_ thing: JSONValue) -> Bool {
        filter.allSatisfy { name, wanted in
            let found = thing[name] ?? .null
            if name == "public_key", let wanted = wanted.stringValue, let found = found.stringValue {
                return NaturalKey.withoutComment(wanted) == NaturalKey.withoutComment(found)
            }
            return found == wanted
        }
    }

    private static func calm(_ thing: JSONValue) -> JSONValue {
        guard case .object(var members) = thing else { return thing }
        members.removeAll { restless.contains($0.key) }
        // ServerPilot keeps a set of domains and no order (live).
        if case .array(let domains)? = members["domains"] {
            members["domains"] = .array(domains.sorted { ($0.stringValue ?? "") < ($1.stringValue ?? "") })
        }
        return .object(members)
    }
}
