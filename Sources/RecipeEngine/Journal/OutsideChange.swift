public import DurableSteps
internal import Groundwork
internal import OrderedCollections

/// A change that a run made outside the account, according to its journal.
///
/// ```swift
/// func undo(_ id: RunID, of source: RecipeSource, in store: any RunStore, by engine: RecipeEngine) async throws {
///     let changes = try await store.entries(of: id).outsideChanges
///     for change in changes { print(change.words, change.isLost ? "(perhaps)" : "") }
///     _ = try await engine.start(source, parameters: [:], undoing: changes).finish()
/// }
/// ```
public struct OutsideChange: Hashable, Sendable {
    /// The function, such as `http.post`.
    public let name: String
    /// The target as shown to people, such as `POST https://api.example/v2/droplets`.
    public let object: String?
    /// Whether it is unknown if the change was made.
    public let isLost: Bool

    /// The change as shown to people.
    public var words: String { [name, object].compactMap(\.self).joined(separator: " ") }
}

extension [JournalEntry] {
    /// The changes that the run made or may have made outside the account, in their order.
    ///
    /// Changes that certainly failed are left out.
    public var outsideChanges: [OutsideChange] {
        var last = OrderedDictionary<StepID, JournalEntry>()
        for entry in self where [.intent, .outcome].contains(entry.kind) {
            guard let call = entry.call, call.call.isOutside else { continue }
            last[call.step] = entry
        }
        return last.values.compactMap { entry in
            let isLost = entry.kind == .intent || entry.failure?.code == RecipeError.lostAnswer
            guard isLost || entry.failure == nil else { return nil }
            return OutsideChange(name: entry.operation, object: entry.object, isLost: isLost)
        }
    }
}
