import OrderedCollections
import RecipeEngine
import ServerPilot
import Synchronization

/// A store in memory: the smallest one that keeps the promises of `RunStore`.
final class MemoryRunStore: RunStore {
    private struct State {
        var epochs: [String: Int64] = [:]
        var runs: OrderedDictionary<RunID, Run> = [:]
    }

    private struct Run {
        let header: RunHeader
        var entries: [JournalEntry] = []

        var overview: RunOverview {
            let status: RunOverview.Status =
                switch entries.last?.kind {
                case .ended: entries.last?.body["status"] == .string("done") ? .done : .failed
                case .stopped: .stopped
                default: .unfinished
                }
            return RunOverview(
                header: header, status: status,
                changes: entries.count { $0.kind == .outcome && $0.body["reply"] != nil },
                updated: entries.last?.time ?? header.started)
        }
    }

    private let key = UInt64.random(in: 1...UInt64.max)
    private let state = Mutex(State())

    /// Not for secrets; enough for a store that ends with its process.
    func digest(_ bytes: [UInt8]) -> String {
        let hash = bytes.reduce(key) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        return String(hash, radix: 16)
    }

    func takeOver(_ account: String) async throws(JournalError) -> Int64 {
        state.withLock { state in
            state.epochs[account, default: 0] += 1
            return state.epochs[account, default: 0]
        }
    }

    func begin(_ header: RunHeader, epoch: Int64) async throws(JournalError) {
        try state.withLock { (state) throws(JournalError) -> Void in
            try Self.check(epoch, of: header.account, in: state)
            guard state.runs[header.id] == nil else { throw JournalError(.unwritten, "It is there already.") }
            state.runs[header.id] = Run(header: header)
        }
    }

    func append(_ entries: [JournalEntry], to run: RunID, epoch: Int64) async throws(JournalError) {
        try state.withLock { (state) throws(JournalError) -> Void in
            guard let header = state.runs[run]?.header else { throw JournalError(.unknownRun, "There is none.") }
            try Self.check(epoch, of: header.account, in: state)
            state.runs[run]?.entries += entries
        }
    }

    func runs() async throws(JournalError) -> [RunOverview] {
        let all = state.withLock { state in state.runs.values.map(\.overview) }
        // Sorting is stable, and the later of two that began at once comes first.
        return all.reversed().sorted { $0.header.started > $1.header.started }
    }

    func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] {
        let entries = state.withLock { state in state.runs[run]?.entries }
        guard let entries else { throw JournalError(.unknownRun, "There is none.") }
        return entries
    }

    func remove(_ run: RunID) async throws(JournalError) {
        let removed = state.withLock { state in state.runs.removeValue(forKey: run) }
        if removed == nil { throw JournalError(.unknownRun, "There is none.") }
    }

    func close() async throws(JournalError) {}

    private static func check(_ epoch: Int64, of account: String, in state: State) throws(JournalError) {
        guard state.epochs[account] == epoch else { throw JournalError(.fenced, "It was taken over.") }
    }
}
