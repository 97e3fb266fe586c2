import DurableSteps
import HTTPTypes
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Synchronization
import Testing

/// An owner that lost its account while it stood still sends nothing more, whatever it was about to send.
@Suite("A run whose account was taken over", .timeLimit(.minutes(5)))
struct FencingTests {
    /// Stands still for so long, and meanwhile another run takes the account over.
    private static func standStill(_ runner: DurableRunner) async {
        runner.store.raiseEpoch(of: "a")
        try? await runner.clock.sleep(for: .seconds(5))
    }

    private static let user = #"sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "acme" }"#

    @Test("during the intent's commit sends nothing")
    func duringCommit() async throws {
        let runner = DurableRunner(Self.user)
        // The commit itself is done; the process stands still before it hears of that.
        let store = LateAnswer(base: runner.store) { await Self.standStill(runner) }
        let life = try await runner.live(store: store)
        #expect(life.failure?.code == "fenced", "\(life.failure?.description ?? "done")")
        #expect(life.posts == [])
    }

    @Test("between two attempts of a request does not retry")
    func betweenTries() async throws {
        let runner = DurableRunner(Self.user)
        let tries = Mutex(0)
        let life = try await runner.live { base in
            RepeatingTransport(base: base) {
                tries.withLock { $0 += 1 }
                await Self.standStill(runner)
            }
        }
        #expect(life.failure?.code == "fenced", "\(life.failure?.description ?? "done")")
        #expect(life.posts == [])
        #expect(tries.withLock { $0 } == 1)
    }

    @Test("before a server is recreated deletes nothing")
    func deletion() async throws {
        let runner = DurableRunner(
            #"return { id = sp.create_server{ name = "www9" }.id }"#,
            faults: FaultPlan([try Fault(text: "create_server:1=reply_lost")]))
        #expect(try await runner.live().failure?.code == "undecided")
        let lost = try #require(runner.serverPilot.account.servers.values.first { $0.name == "www9" }).id.rawValue
        let store = LateAnswer(base: runner.store) { await Self.standStill(runner) }
        let life = try await runner.live(decision: EffectDecision(.recreate, id: lost), store: store)
        #expect(life.failure?.code == "fenced", "\(life.failure?.description ?? "done")")
        #expect(life.posts == [])
        #expect(runner.serverPilot.account.servers.values.contains { $0.id.rawValue == lost })
    }

    @Test("recreating a server counts as a deletion and toward --max-delete")
    func counted() async throws {
        func undecided() async throws -> (DurableRunner, EffectDecision) {
            let runner = DurableRunner(
                #"return { id = sp.create_server{ name = "www9" }.id }"#,
                faults: FaultPlan([try Fault(text: "create_server:1=reply_lost")]))
            #expect(try await runner.live().failure?.code == "undecided")
            let lost = try #require(runner.serverPilot.account.servers.values.first { $0.name == "www9" })
            return (runner, EffectDecision(.recreate, id: lost.id.rawValue))
        }
        let (runner, decision) = try await undecided()
        let life = try await runner.live(decision: decision)
        #expect(life.failure == nil, "\(life.failure?.description ?? "")")
        #expect(life.summary?.deleted == 1 && life.summary?.created == 1)
        let (limited, again) = try await undecided()
        var limits = RunLimits()
        limits.deletions = 0
        let refused = try await limited.live(decision: again, limits: limits)
        #expect(refused.failure?.code == "too_many_changes", "\(refused.failure?.description ?? "done")")
        #expect(refused.posts == [])
    }

    @Test("an owner that was only paused sends after it checks its lock")
    func onlyLate() async throws {
        let runner = DurableRunner(Self.user)
        let store = LateAnswer(base: runner.store) { try? await runner.clock.sleep(for: .seconds(5)) }
        let life = try await runner.live(store: store)
        #expect(life.failure == nil, "\(life.failure?.description ?? "")")
        #expect(life.changes.count == 1)
    }
}

/// A store whose first answer to an intent comes after something else happened.
private struct LateAnswer: RunStore {
    let base: any RunStore
    let meanwhile: @Sendable () async -> Void

    func digest(_ bytes: [UInt8]) -> String { base.digest(bytes) }
    func takeOver(_ account: String) async throws(JournalError) -> Int64 { try await base.takeOver(account) }
    func begin(_ header: RunHeader, with entries: [JournalEntry], epoch: Int64) async throws(JournalError) {
        try await base.begin(header, with: entries, epoch: epoch)
    }
    func epoch(of account: String) async throws(JournalError) -> Int64 { try await base.epoch(of: account) }
    func begin(_ header: RunHeader, with entries: [JournalEntry], after epoch: Int64) async throws(JournalError)
        -> Int64
    {
        let raised = try await base.begin(header, with: entries, after: epoch)
        if entries.last?.kind == .intent { await meanwhile() }
        return raised
    }
    func append(_ entries: [JournalEntry], to run: RunID, epoch: Int64) async throws(JournalError) {
        try await base.append(entries, to: run, epoch: epoch)
        if entries.last?.kind == .intent { await meanwhile() }
    }
    func runs() async throws(JournalError) -> [RunOverview] { try await base.runs() }
    func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] { try await base.entries(of: run) }
    func remove(_ run: RunID) async throws(JournalError) { try await base.remove(run) }
    func close() async throws(JournalError) {}
}

/// A transport that believes each change to be throttled once, waits, and tries again.
private struct RepeatingTransport: Transport {
    let base: any Transport
    let wait: @Sendable () async -> Void

    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse { try await base.send(request) }

    func send(
        _ request: WireRequest, asking question: SendQuestion
    ) async throws(ServerPilotError) -> WireResponse {
        try await question()
        await wait()
        return try await base.send(request, asking: question)
    }
}
