public import DurableSteps
internal import Groundwork
internal import RecipeEngine
internal import OrderedCollections
internal import Synchronization

/// A journal in memory, for tests: the smallest store that keeps the contract of `RunStore`.
///
/// It fences owners, keeps the order of entries, and refuses entries of unknown runs, as the store on disk does.
///
/// ```swift
/// import OrderedCollections
///
/// @Test func journal() async throws {
///     let header = RunHeader(
///         id: RunID(rawValue: "r1"), recipe: "test.lua", recipeDigest: "", parameters: [:], account: "a",
///         accountName: "a", seed: 1, lua: "", program: RecipeStage.program, started: RecipeStage.start)
///     let store = MemoryRunStore()
///     let run = try await store.beginRun(header)
///     _ = await RecipeStage().run(#"sp.find_server{ name = "www1" }"#, journaled: run)
///     #expect(try await store.entries(of: header.id).last?.kind == .ended)
/// }
/// ```
public final class MemoryRunStore: RunStore {
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
    public init(key: UInt64 = .random(in: 1...UInt64.max)) { self.key = key }

    /// The entries of all runs, grouped by commit, in the order of the commits.
    public var commits: [[JournalEntry]] { state.withLock { $0.commits } }

    /// Returns a digest that is not safe for secrets, but sufficient for a store that ends with its process.
    public func digest(_ bytes: [UInt8]) -> String {
        String(bytes.stableHash(from: key), radix: 16)
    }

    /// Raises the epoch of an account, so that an earlier owner can no longer write, and returns it.
    public func takeOver(_ account: String) async throws(JournalError) -> Int64 { raiseEpoch(of: account) }

    /// Takes an account over for another owner at once, as tests do in the middle of a request.
    ///
    /// - Returns: the new epoch.
    @discardableResult
    public func raiseEpoch(of account: String) -> Int64 {
        state.withLock { state in
            state.epochs[account, default: 0] += 1
            return state.epochs[account, default: 0]
        }
    }

    /// Returns the epoch of an account; 0 if no owner has taken it over.
    public func epoch(of account: String) async throws(JournalError) -> Int64 {
        state.withLock { $0.epochs[account, default: 0] }
    }

    /// Begins a run with its first entries.
    ///
    /// - Throws: `JournalError`: `fenced` if another owner has taken the account over, `unwritten` if a run with that
    ///   id exists.
    public func begin(
        _ header: RunHeader, with entries: [JournalEntry], epoch: Int64
    ) async throws(JournalError) {
        try state.withLock { (state) throws(JournalError) -> Void in
            try Self.check(epoch, of: header.account, in: state)
            try Self.begin(header, with: entries, in: &state)
        }
    }

    /// Takes the account over and begins a run with its first entries.
    ///
    /// - Throws: `JournalError`: `fenced` if `epoch` is not current, `unwritten` if a run with that id exists.
    public func begin(
        _ header: RunHeader, with entries: [JournalEntry], after epoch: Int64
    ) async throws(JournalError) -> Int64 {
        try state.withLock { (state) throws(JournalError) -> Int64 in
            try Self.check(epoch, of: header.account, in: state)
            try Self.begin(header, with: entries, in: &state)
            state.epochs[header.account] = epoch + 1
            return epoch + 1
        }
    }

    private static func begin(
        _ header: RunHeader, with entries: [JournalEntry], in state: inout State
    ) throws(JournalError) {
        guard state.runs[header.id] == nil else { throw JournalError(.unwritten, "It is there already.") }
        state.runs[header.id] = Run(header: header, entries: entries)
        if !entries.isEmpty { state.commits.append(entries) }
    }

    /// Appends entries to a run.
    ///
    /// - Throws: `JournalError`: `fenced` if another owner has taken the account over, `unknownRun`.
    public func append(_ entries: [JournalEntry], to run: RunID, epoch: Int64) async throws(JournalError) {
        try state.withLock { (state) throws(JournalError) -> Void in
            guard let header = state.runs[run]?.header else { throw JournalError(.unknownRun, "There is none.") }
            try Self.check(epoch, of: header.account, in: state)
            state.runs[run]?.entries += entries
            if !entries.isEmpty { state.commits.append(entries) }
        }
    }

    /// Returns the runs, newest first.
    public func runs() async throws(JournalError) -> [RunOverview] {
        state.withLock { state in state.runs.values.map(\.overview).reversed() }
    }

    /// Returns the entries of a run in the order in which they were written.
    ///
    /// - Throws: `JournalError`: `unknownRun`.
    public func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] {
        let entries = state.withLock { state in state.runs[run]?.entries }
        guard let entries else { throw JournalError(.unknownRun, "There is none.") }
        var read: [JournalEntry] = []
        for entry in entries { read.append(try Self.reread(entry)) }
        return read
    }

    /// Returns an entry as a store on a disk would: written in format 1, and read again.
    private static func reread(_ entry: JournalEntry) throws(JournalError) -> JournalEntry {
        do throws(EntryDamage) {
            return try EntryCodec.decode(EntryCodec.encode(entry))
        } catch {
            throw JournalError(.damaged, "The field '\(error.field)' of an entry cannot be read again.")
        }
    }

    /// Deletes a run and its entries.
    ///
    /// - Throws: `JournalError`: `unknownRun`.
    public func remove(_ run: RunID) async throws(JournalError) {
        let removed = state.withLock { state in state.runs.removeValue(forKey: run) }
        if removed == nil { throw JournalError(.unknownRun, "There is none.") }
    }

    /// Does nothing.
    public func close() async throws(JournalError) {}

    private static func check(_ epoch: Int64, of account: String, in state: State) throws(JournalError) {
        guard state.epochs[account, default: 0] == epoch else { throw JournalError(.fenced, "It was taken over.") }
    }
}
