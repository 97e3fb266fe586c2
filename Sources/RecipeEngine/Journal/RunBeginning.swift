public import Groundwork
internal import OrderedCollections

/// Entries without a step that a run can begin with; the store writes them in one transaction with the header.
extension JournalEntry {
    private static let recipeOperation = "recipe"
    private static let planOperation = "plan"

    /// Returns an entry with the text of a recipe that has no file.
    public static func recipe(_ text: [UInt8], at time: Timestamp) -> JournalEntry {
        let value = JSONValue.string(String(decoding: text, as: UTF8.self))
        return JournalEntry(.observed, operation: recipeOperation, time: time, body: ["value": value])
    }

    /// Returns an entry with the plan that the run must follow.
    public static func plan(_ plan: Plan, at time: Timestamp) -> JournalEntry {
        JournalEntry(.observed, operation: planOperation, time: time, body: ["value": plan.document])
    }

    fileprivate var isRecipe: Bool { operation == Self.recipeOperation && step == nil }
    fileprivate var isPlan: Bool { operation == Self.planOperation && step == nil }
}

extension [JournalEntry] {
    /// The text of the recipe; `nil` if the recipe has a file.
    public var recipeText: [UInt8]? {
        first { $0.isRecipe }?.body["value"]?.stringValue.map { Array<UInt8>($0.utf8) }
    }

    /// Returns the plan that the run must follow; `nil` if it follows none.
    ///
    /// - Throws: `Plan.DocumentError` if the plan cannot be read: the run must not continue without it.
    public func plan() throws(Plan.DocumentError) -> Plan? {
        guard let entry = first(where: { $0.isPlan }) else { return nil }
        return try Plan(document: entry.body["value"] ?? .null)
    }
}
