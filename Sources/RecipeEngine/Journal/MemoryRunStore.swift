internal import OrderedCollections
internal import Synchronization

/// A store in memory: the smallest store that keeps the contract of `RunStore`.
///
/// Tests of the engine write to it. The contract suite of stores tests it like every other store.
package final class MemoryRunStore: RunStore {
    private struct State {
        var epochs: [String: Int64] = [:]
        var runs: OrderedDictionary<RunID, Run> = [:]
        var commits: [[JournalEntry]] = []
    }

    private struct Run {
        let header: RunHeader
        var entries: [JournalEntry] = []

        var overview: RunOverview {
            RunOverview(
                header: header, status: entries.last?.runStatus ?? .unfinished,
                changes: entries.count(where: \.isChange), updated: entries.last?.time ?? header.started)
        }
    }

    private let key: UInt64
    private let state = Mutex(State())

    /// Creates an empty store.
    ///
    /// - Parameter key: the key of the digests; two stores with the same key produce the same digests.
    package init(key: UInt64 = .random(in: 1...UInt64.max)) { self.key = key }

    /// The entries of all runs, grouped by commit, in the order of the commits.
    package var commits: [[JournalEntry]] { state.withLock { $0.commits } }

    /// Returns a digest that is not safe for secrets, but sufficient for a store that ends with its process.
    package func digest(_ bytes: [UInt8]) -> String {
        let hash = bytes.reduce(key) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        return String(hash, radix: 16)
    }

    /// See `RunStore`.
    package func takeOver(_ account: String) async throws(JournalError) -> Int64 { raiseEpoch(of: account) }

    /// Takes an account over for another owner at once, as tests do in the middle of a request.
    ///
    /// - Returns: the new epoch.
    @discardableResult
    package func raiseEpoch(of account: String) -> Int64 {
        state.withLock { state in
            state.epochs[account, default: 0] += 1
            return state.epochs[account, default: 0]
        }
    }

    /// See `RunStore`.
    package func begin(
        _ header: RunHeader, with entries: [JournalEntry], epoch: Int64
    ) async throws(JournalError) {
        try state.withLock { (state) throws(JournalError) -> Void in
            try Self.check(epoch, of: header.account, in: state)
            guard state.runs[header.id] == nil else { throw JournalError(.unwritten, "It is there already.") }
            state.runs[header.id] = Run(header: header, entries: entries)
        }
    }

    /// See `RunStore`.
    package func append(_ entries: [JournalEntry], to run: RunID, epoch: Int64) async throws(JournalError) {
        try state.withLock { (state) throws(JournalError) -> Void in
            guard let header = state.runs[run]?.header else { throw JournalError(.unknownRun, "There is none.") }
            try Self.check(epoch, of: header.account, in: state)
            state.runs[run]?.entries += entries
            if !entries.isEmpty { state.commits.append(entries) }
        }
    }

    /// See `RunStore`.
    package func runs() async throws(JournalError) -> [RunOverview] {
        state.withLock { state in state.runs.values.map(\.overview).reversed() }
    }

    /// See `RunStore`.
    package func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] {
        let entries = state.withLock { state in state.runs[run]?.entries }
        guard let entries else { throw JournalError(.unknownRun, "There is none.") }
        return entries
    }

    /// See `RunStore`.
    package func remove(_ run: RunID) async throws(JournalError) {
        let removed = state.withLock { state in state.runs.removeValue(forKey: run) }
        if removed == nil { throw JournalError(.unknownRun, "There is none.") }
    }

    /// See `RunStore`.
    package func close() async throws(JournalError) {}

    private static func check(_ epoch: Int64, of account: String, in state: State) throws(JournalError) {
        guard state.epochs[account] == epoch else { throw JournalError(.fenced, "It was taken over.") }
    }
}
