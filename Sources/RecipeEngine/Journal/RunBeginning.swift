public import DurableSteps
public import Groundwork
internal import OrderedCollections

/// Entries that a run can begin with; the store writes them in one transaction with the header.
extension JournalEntry {
    /// Returns an entry with the text of a recipe that has no file.
    public static func recipe(_ text: [UInt8], at time: Timestamp) -> JournalEntry {
        JournalEntry(.recipe(String(decoding: text, as: UTF8.self)), at: time)
    }

    /// Returns an entry with the plan that the run must follow.
    public static func plan(_ plan: Plan, at time: Timestamp) -> JournalEntry {
        JournalEntry(.plan(plan.document), at: time)
    }
}

extension [JournalEntry] {
    /// The text of the recipe; `nil` if the recipe has a file.
    public var recipeText: [UInt8]? {
        for entry in self {
            if case .recipe(let text) = entry.content { return Array<UInt8>(text.utf8) }
        }
        return nil
    }

    /// Returns the plan that the run must follow; `nil` if it follows none.
    ///
    /// - Throws: `Plan.DocumentError` if the plan cannot be read: the run must not continue without it.
    public func plan() throws(Plan.DocumentError) -> Plan? {
        for entry in self {
            if case .plan(let document) = entry.content { return try Plan(document: document) }
        }
        return nil
    }
}
