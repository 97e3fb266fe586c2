import DurableSteps
import RecipeEngine
import RunJournal
import SprunTesting
import Testing

/// The stores, which all have to keep the promises of `RunStore`.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
    case memory
    case sqlite

    var testDescription: String { rawValue }

    /// Runs the body with a new store.
    func withStore(_ body: (any RunStore) async throws -> Void) async throws {
        switch self {
        case .memory:
            try await body(MemoryRunStore())
        case .sqlite:
            let file = try JournalFile()
            let store = try file.open()
            try await body(store)
            try await store.close()
            #expect(try file.names() == ["journal.db", "journal.key"])
        }
    }
}
