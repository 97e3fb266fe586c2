internal import OrderedCollections
public import ServerPilot

/// What a run can begin with besides its header: entries without a step, written in one transaction with it.
extension JournalEntry {
    private static let recipeOperation = "recipe"
    private static let planOperation = "plan"

    /// The text of a recipe that has no file.
    public static func recipe(_ text: [UInt8], at time: Timestamp) -> JournalEntry {
        let value = JSONValue.string(String(decoding: text, as: UTF8.self))
        return JournalEntry(.observed, operation: recipeOperation, time: time, body: ["value": value])
    }

    /// The plan that the run is held to.
    public static func plan(_ plan: Plan, at time: Timestamp) -> JournalEntry {
        JournalEntry(.observed, operation: planOperation, time: time, body: ["value": plan.document])
    }

    fileprivate var isRecipe: Bool { operation == Self.recipeOperation && step == nil }
    fileprivate var isPlan: Bool { operation == Self.planOperation && step == nil }
}

extension [JournalEntry] {
    /// The recipe's text; `nil` of a run whose recipe is read from where it was.
    public var recipeText: [UInt8]? {
        first { $0.isRecipe }?.body["value"]?.stringValue.map { Array<UInt8>($0.utf8) }
    }

    /// The plan that the run is held to; `nil` of a run that follows none.
    ///
    /// - Throws: `Plan.DocumentError` where there is one that cannot be read: the run must not go on without it.
    public func plan() throws(Plan.DocumentError) -> Plan? {
        guard let entry = first(where: { $0.isPlan }) else { return nil }
        return try Plan(document: entry.body["value"] ?? .null)
    }
}
