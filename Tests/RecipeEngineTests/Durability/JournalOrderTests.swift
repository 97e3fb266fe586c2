import DurableSteps
import Groundwork
import OrderedCollections
import RecipeEngine
import SprunTesting
import Synchronization
import Testing

/// What is durable when.
@Suite("The order of the journal", .timeLimit(.minutes(3)))
struct JournalOrderTests {
    @Test("each change is two commits: its intent with earlier entries, then its outcome")
    func twoCommits() async throws {
        let runner = DurableRunner(CrashTests.site)
        let life = try await runner.live()
        #expect(life.failure == nil)
        let commits = runner.store.commits
        let changes = try #require(life.summary?.changes)
        #expect(changes == 7)
        #expect(commits.count == 2 * changes + 1, "and the end")
        for (number, commit) in commits.dropLast().enumerated() {
            let last = try #require(commit.last)
            if number.isMultiple(of: 2) {
                #expect(last.kind == .intent, "\(number)")
                #expect(commit.dropLast().allSatisfy { $0.kind == .observed || $0.kind == .secret }, "\(number)")
            } else {
                #expect(last.kind == .outcome && commit.count == 1, "\(number)")
                #expect(last.step == commits[number - 1].last?.step, "\(number)")
            }
        }
        #expect(commits.last?.last?.kind == .ended)
    }

    @Test("entries become durable in order, even if the store is slow")
    func inOrder() async throws {
        let lua = """
            local user = sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "acme" }
            sp.each({ "one", "two", "three", "four", "five", "six" }, function(name)
                local app = sp.ensure_app({ name = name, sysuserid = user.id, runtime = "php8.4" }, { wait = false })
                sp.ensure_db({ appid = app.id, name = name, user = { name = name, password = "longenough" } }, { wait = false })
            end)
            """
        let runner = DurableRunner(lua)
        let store = LateStore(base: runner.store)
        let life = try await runner.live(store: store)
        #expect(life.failure == nil)
        #expect(store.most == 1, "one commit is under way at a time")
        // What a process that dies after any of the commits finds: of each call, every step before the last.
        var seen: Set<String> = []
        for commit in runner.store.commits {
            for step in commit.compactMap(\.step) where !step.place.isImmediate {
                if step.part > 1 {
                    let before = StepID(step.place, call: step.call, part: step.part - 1)
                    #expect(seen.contains(before.description), "\(before) before \(step)")
                }
                seen.insert(step.description)
            }
        }
        #expect(runner.store.commits.contains { $0.count { $0.kind == .intent } > 1 }, "what waits is written together")
    }

    @Test("it contains arguments only as digests, and no secret in a plain column")
    func digests() async throws {
        let runner = DurableRunner(
            """
            local id = sp.find_server{ name = "www1" }.id
            sp.create_sysuser{ serverid = id, name = "acme", password = "canary-of-the-arguments" }
            """)
        _ = try await runner.live()
        for entry in runner.store.commits.flatMap(\.self) {
            let row = EntryCodec.encode(entry)
            #expect(!JSONValue.object(row.body).text().contains("canary"), "\(entry.kind)")
            #expect(!"\(row.operation) \(row.digest) \(row.site)".contains("canary"))
        }
    }
}

/// A store that takes longer for some commits than for what comes after them.
private final class LateStore: RunStore {
    private let base: MemoryRunStore
    private let state = Mutex((appends: 0, under: 0, most: 0))

    init(base: MemoryRunStore) { self.base = base }

    /// How many appends were under way at a time.
    var most: Int { state.withLock { $0.most } }

    func digest(_ bytes: [UInt8]) -> String { base.digest(bytes) }
    func takeOver(_ account: String) async throws(JournalError) -> Int64 { try await base.takeOver(account) }
    func begin(_ header: RunHeader, with entries: [JournalEntry], epoch: Int64) async throws(JournalError) {
        try await base.begin(header, with: entries, epoch: epoch)
    }
    func epoch(of account: String) async throws(JournalError) -> Int64 { try await base.epoch(of: account) }
    func begin(_ header: RunHeader, with entries: [JournalEntry], after epoch: Int64) async throws(JournalError)
        -> Int64
    {
        try await base.begin(header, with: entries, after: epoch)
    }
    func append(_ entries: [JournalEntry], to run: RunID, epoch: Int64) async throws(JournalError) {
        let number = state.withLock { state in
            state.appends += 1
            state.under += 1
            state.most = max(state.most, state.under)
            return state.appends
        }
        for _ in 0..<(number % 3 == 0 ? 200 : 5) { await Task.yield() }
        try await base.append(entries, to: run, epoch: epoch)
        state.withLock { $0.under -= 1 }
    }
    func runs() async throws(JournalError) -> [RunOverview] { try await base.runs() }
    func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] { try await base.entries(of: run) }
    func remove(_ run: RunID) async throws(JournalError) { try await base.remove(run) }
    func close() async throws(JournalError) {}
}
