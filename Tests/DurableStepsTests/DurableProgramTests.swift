import Groundwork
import OrderedCollections
import SprunTesting
import Synchronization
import Testing

@testable import DurableSteps

/// Programs of other authors, which use the library without Lua and without ServerPilot.
@Suite("A durable program", .timeLimit(.minutes(5)))
struct DurableProgramTests {
    /// The process dies at a chosen moment: from then on, neither the store nor the shop does anything.
    private final class Process: Sendable {
        struct Death: Error {}

        private let state: Mutex<(moment: Int, end: Int?)>

        init(dyingAt end: Int? = nil) { state = Mutex((0, end)) }

        var moments: Int { state.withLock { $0.moment } }

        func live() throws(Death) {
            let isDead = state.withLock { state in
                state.moment += 1
                return state.end.map { state.moment >= $0 } ?? false
            }
            if isDead { throw Death() }
        }
    }

    /// A store of a process that dies before or after a commit.
    private struct MortalStore: RunStore {
        let base: MemoryRunStore
        let process: Process

        func digest(_ bytes: [UInt8]) -> String { base.digest(bytes) }
        func takeOver(_ account: String) async throws(JournalError) -> Int64 { try await base.takeOver(account) }
        func begin(_ header: RunHeader, with entries: [JournalEntry], epoch: Int64) async throws(JournalError) {
            try await base.begin(header, with: entries, epoch: epoch)
        }
        func epoch(of account: String) async throws(JournalError) -> Int64 { try await base.epoch(of: account) }
        func begin(
            _ header: RunHeader, with entries: [JournalEntry], after epoch: Int64
        ) async throws(JournalError) -> Int64 {
            try live()
            let raised = try await base.begin(header, with: entries, after: epoch)
            try live()
            return raised
        }
        func append(_ entries: [JournalEntry], to run: RunID, epoch: Int64) async throws(JournalError) {
            try live()
            try await base.append(entries, to: run, epoch: epoch)
            try live()
        }
        func runs() async throws(JournalError) -> [RunOverview] { try await base.runs() }
        func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] { try await base.entries(of: run) }
        func remove(_ run: RunID) async throws(JournalError) { try await base.remove(run) }
        func close() async throws(JournalError) {}

        private func live() throws(JournalError) {
            do throws(Process.Death) { try process.live() } catch { throw JournalError(.fenced, "the process is dead") }
        }
    }

    /// A shop with an ordinary API: it makes an order for each request, and nothing keeps it from making two.
    private final class Shop: Sendable {
        private let state = Mutex<(orders: [String], keys: Set<String>)>(([], []))

        var orders: [String] { state.withLock { $0.orders } }

        func order(_ reference: String, key: String? = nil, _ process: Process) throws -> JSONValue {
            try process.live()
            state.withLock { state in
                if let key, !state.keys.insert(key).inserted { return }
                state.orders.append(reference)
            }
            try process.live()
            return ["reference": .string(reference)]
        }

        func list(_ process: Process) throws -> [JSONValue] {
            try process.live()
            return orders.enumerated().map { ["id": .string("o\($0)"), "reference": .string($1)] }
        }
    }

    private static let header = RunHeader(
        id: RunID(rawValue: "order1"), recipe: "orders", recipeDigest: "", parameters: [:], account: "shop",
        accountName: "shop", seed: 0, lua: "", program: "test", started: Timestamp(epochSeconds: 0))

    /// Orders one, then two and three concurrently, and then counts.
    private static func program(
        _ shop: Shop, _ process: Process, _ line: StepLine
    ) async throws -> JSONValue {
        let find = { @Sendable (reference: String) in
            { @Sendable () async throws -> [Sighting.Candidate] in
                try shop.list(process).map { order in
                    Sighting.Candidate(
                        id: order["id"]?.stringValue, value: ["reference": order["reference"] ?? .null],
                        isMatch: order["reference"]?.stringValue == reference)
                }
            }
        }
        let one = try await line.change(
            "order", ["reference": "one"], recovery: .lookup(Lookup(isUnique: true)), look: find("one")
        ) { _ in try shop.order("one", process) }
        let more = try await line.each(["two", "three"]) { line, reference in
            try await line.change("order", ["reference": .string(reference)], recovery: .repeatable) { attempt in
                try shop.order(reference, key: attempt.marker, process)
            }["reference"]?.stringValue ?? "?"
        }
        let count = try await line.observe("count") { .integer(Int64(try shop.list(process).count)) }
        return ["one": one["reference"] ?? .null, "more": .string(more.joined(separator: " ")), "count": count]
    }

    private static let result: JSONValue = ["one": "one", "more": "two three", "count": 3]

    private static func run(_ shop: Shop, _ store: MemoryRunStore, _ process: Process) async throws -> JSONValue {
        let mortal = MortalStore(base: store, process: process)
        let isNew = try await store.runs().isEmpty
        let run = isNew ? try await mortal.beginRun(header) : try await mortal.resumeRun(header.id)
        return try await DurableProgram.run(run, time: SleeplessClock(), random: { 7 }) { line in
            try await program(shop, process, line)
        }
    }

    /// A clock whose pauses take no time.
    private struct SleeplessClock: TimeSource {
        var now: Timestamp { Timestamp(epochSeconds: 0) }
        func sleep(for duration: Duration) async throws { await Task.yield() }
    }

    @Test("creates each order once, wherever its process crashes")
    func crashes() async throws {
        let (whole, process) = (Shop(), Process())
        #expect(try await Self.run(whole, MemoryRunStore(), process) == Self.result)
        #expect(whole.orders.sorted() == ["one", "three", "two"])
        #expect(process.moments > 15)
        for moment in 1...process.moments {
            let (shop, store) = (Shop(), MemoryRunStore())
            _ = try? await Self.run(shop, store, Process(dyingAt: moment))
            #expect(try await Self.run(shop, store, Process()) == Self.result, "\(moment)")
            #expect(shop.orders.sorted() == ["one", "three", "two"], "\(moment)")
            // A run that ended is replayed, and sends nothing.
            let silent = Process()
            #expect(try await Self.run(shop, store, silent) == Self.result, "\(moment)")
            #expect(shop.orders.count == 3, "\(moment)")
        }
    }

    @Test("stops if it makes a different step than recorded")
    func diverged() async throws {
        let (shop, store) = (Shop(), MemoryRunStore())
        _ = try await Self.run(shop, store, Process())
        let run = try await store.resumeRun(Self.header.id)
        let error = await #expect(throws: StepStop.self) {
            try await DurableProgram.run(run, time: SleeplessClock(), random: { 7 }) { line in
                try await line.change("order", ["reference": "other"], recovery: .repeatable) { _ in
                    try shop.order("other", Process())
                }
            }
        }
        #expect(error == .diverged(recorded: "order", now: "order", argumentsOnly: true))
        #expect(shop.orders.count == 3)
    }

    @Test("a change that needs a decision stops the run, and the decision is applied")
    func undecided() async throws {
        let store = MemoryRunStore()
        let sent = Mutex(0)
        func attempt(_ run: JournaledRun) async throws -> JSONValue {
            try await DurableProgram.run(run, time: SleeplessClock(), random: { 7 }) { line in
                try await line.change("pay", recovery: .askPerson) { _ in
                    let count = sent.withLock { sent in
                        sent += 1
                        return sent
                    }
                    guard count > 1 else { throw Process.Death() }
                    return "paid"
                }
            }
        }
        let error = await #expect(throws: StepStop.self) { try await attempt(store.beginRun(Self.header)) }
        guard case .undecided(let question, "pay") = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(question.choices == [.recreate, .skip])
        #expect(sent.withLock { $0 } == 1)
        let decided = try await store.resumeRun(Self.header.id, decision: EffectDecision(.recreate))
        #expect(try await attempt(decided) == "paid")
        #expect(sent.withLock { $0 } == 2)
    }

    @Test("a failure of the program is recorded, and its last failed step is retried")
    func failed() async throws {
        let store = MemoryRunStore()
        let isUp = Mutex(false)
        let changes = Mutex(false)
        func attempt(_ run: JournaledRun) async throws -> JSONValue {
            try await DurableProgram.run(run, time: SleeplessClock(), random: { 7 }) { line in
                if changes.withLock({ $0 }) { _ = try await line.change("open", recovery: .repeatable) { _ in "open" } }
                return try await line.observe("rate") {
                    guard isUp.withLock({ $0 }) else { throw StepFailure(code: "down", message: "the bank is down") }
                    return 3
                }
            }
        }
        await #expect(throws: StepFailure.self) { try await attempt(store.beginRun(Self.header)) }
        #expect(try await store.runs() == [], "it has changed nothing")
        changes.withLock { $0 = true }
        await #expect(throws: StepFailure.self) { try await attempt(store.beginRun(Self.header)) }
        let status = try await store.runs().first?.status
        #expect(status == .failed)
        isUp.withLock { $0 = true }
        #expect(try await attempt(store.resumeRun(Self.header.id)) == 3)
    }
}
