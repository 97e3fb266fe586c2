import DurableSteps
import RecipeEngine
import Synchronization

/// A store that does something else, or fails, at chosen commits.
final class HookedStore: RunStore {
    /// Is told of each commit before it: its number from 1, and what is to be written.
    typealias Hook = @Sendable (_ number: Int, _ entries: [JournalEntry]) async throws(JournalError) -> Void

    private let base: any RunStore
    private let hook: Hook
    private let appends = Mutex(0)

    init(base: any RunStore, _ hook: @escaping Hook) {
        self.base = base
        self.hook = hook
    }

    /// How many commits were asked for.
    var count: Int { appends.withLock { $0 } }

    func digest(_ bytes: [UInt8]) -> String { base.digest(bytes) }
    func takeOver(_ account: String) async throws(JournalError) -> Int64 { try await base.takeOver(account) }
    func begin(_ header: RunHeader, with entries: [JournalEntry], epoch: Int64) async throws(JournalError) {
        try await base.begin(header, with: entries, epoch: epoch)
    }
    func epoch(of account: String) async throws(JournalError) -> Int64 { try await base.epoch(of: account) }
    func begin(_ header: RunHeader, with entries: [JournalEntry], after epoch: Int64) async throws(JournalError)
        -> Int64
    {
        try await count(entries)
        return try await base.begin(header, with: entries, after: epoch)
    }
    func append(_ entries: [JournalEntry], to run: RunID, epoch: Int64) async throws(JournalError) {
        // Nothing to be written is a question whether the account is still the run's.
        if !entries.isEmpty { try await count(entries) }
        try await base.append(entries, to: run, epoch: epoch)
    }
    private func count(_ entries: [JournalEntry]) async throws(JournalError) {
        let number = appends.withLock { appends in
            appends += 1
            return appends
        }
        try await hook(number, entries)
    }
    func runs() async throws(JournalError) -> [RunOverview] { try await base.runs() }
    func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] { try await base.entries(of: run) }
    func remove(_ run: RunID) async throws(JournalError) { try await base.remove(run) }
    func close() async throws(JournalError) {}
}
