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

    /// Members that change by themselves all the time, and that no recipe's decision should rest on.
    private static let restless: Set<String> = ["lastconn"]

    /// The answer, in `data` of the reply: an array of a list, an object, or null for what is not there.
    public func answer(in data: JSONValue) -> JSONValue {
        guard case .array(let things) = data else { return Self.calm(data) }
        return .array(things.filter(isWanted).map(Self.calm))
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
