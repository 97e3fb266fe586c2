import OrderedCollections
import RecipeEngine
import Synchronization

/// A store of runs in memory, for tests of the engine.
final class MemoryRunStore: RunStore {
    private struct State {
        var epoch: Int64 = 0
        var runs: OrderedDictionary<RunID, (header: RunHeader, entries: [JournalEntry])> = [:]
        var commits: [[JournalEntry]] = []
    }

    private let state = Mutex(State())

    /// What was written together, in order.
    var commits: [[JournalEntry]] { state.withLock { $0.commits } }

    func digest(_ bytes: [UInt8]) -> String {
        String(bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }, radix: 16)
    }

    /// Somebody else takes the account over.
    func raiseEpoch() { state.withLock { $0.epoch += 1 } }

    func takeOver(_ account: String) async throws(JournalError) -> Int64 {
        state.withLock { state in
            state.epoch += 1
            return state.epoch
        }
    }

    func begin(_ header: RunHeader, epoch: Int64) async throws(JournalError) {
        state.withLock { $0.runs[header.id] = (header, []) }
    }

    func append(_ entries: [JournalEntry], to run: RunID, epoch: Int64) async throws(JournalError) {
        let isCurrent = state.withLock { state in
            guard epoch == state.epoch else { return false }
            state.runs[run]?.entries += entries
            state.commits.append(entries)
            return true
        }
        guard isCurrent else { throw JournalError(.fenced, "another owner has taken the account over") }
    }

    func runs() async throws(JournalError) -> [RunOverview] {
        state.withLock { state in
            state.runs.values.map {
                RunOverview(header: $0.header, status: .unfinished, changes: 0, updated: $0.header.started)
            }
        }
    }

    func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] {
        state.withLock { $0.runs[run]?.entries ?? [] }
    }

    func remove(_ run: RunID) async throws(JournalError) { state.withLock { $0.runs[run] = nil } }

    func close() async throws(JournalError) {}
}
