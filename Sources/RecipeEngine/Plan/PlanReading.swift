package import Groundwork
internal import OrderedCollections
package import ServerPilot

/// A question to the account whose answer a plan depends on.
///
/// It is as narrow as the recipe's question. If a recipe searches a list for a name, only resources with that name
/// count. So a change elsewhere does not make a plan stale.
package struct PlanReading: Hashable, Sendable {
    /// The operation that reads a list or a single resource.
    package let operation: ServerPilot.Operation.Name
    /// The arguments of its path.
    package let arguments: JSONObject
    /// Fields that list items must match; empty means all items.
    package let filter: JSONObject

    /// Creates a question.
    package init(_ operation: ServerPilot.Operation.Name, _ arguments: JSONObject, filter: JSONObject = [:]) {
        self.operation = operation
        self.arguments = arguments
        self.filter = filter
    }

    /// Members that change by themselves: a plan reads them but does not depend on them.
    private static let restless: Set<String> = ["lastconn"]

    /// Returns the answer in `data` of the reply: an array for a list, an object, or null if the resource does not
    /// exist.
    package func answer(in data: JSONValue) -> JSONValue {
        guard case .array = data else { return Self.calm(data) }
        return .array(wanted(in: data).map(Self.calm))
    }

    /// Returns the resources in `data` of the reply that the question asks for.
    func wanted(in data: JSONValue) -> [JSONValue] {
        guard case .array(let things) = data else { return data == .null ? [] : [data] }
        return things.filter(isWanted)
    }

    /// Returns an answer without the differences to an earlier answer that the passing of time explains.
    ///
    /// Such differences are: AutoSSL has become available for an app, a server has connected for the first time. If a
    /// plan depends on them, it has a branch for them.
    package static func settled(_ answer: JSONValue, since earlier: JSONValue) -> JSONValue {
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
