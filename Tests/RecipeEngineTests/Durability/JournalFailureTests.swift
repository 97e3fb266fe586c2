import DurableSteps
import Groundwork
import HTTPTypes
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Synchronization
import Testing

/// A journal that cannot be written: at each commit in turn, once or for good.
@Suite("A journal write that fails", .timeLimit(.minutes(5)))
struct JournalFailureTests {
    private static let lua = """
        local server = sp.find_server{ name = "www1" }
        local user = sp.create_sysuser{ serverid = server.id, name = "acme", password = sp.secret("user") }
        local app = sp.create_app{ name = "acme", sysuserid = user.id, runtime = "php8.3" }
        sp.all{
            function()
                sp.create_db{ appid = app.id, name = "acme", user = { name = "acme", password = sp.secret("database") } }
            end,
            function() sp.update_app(app.id, { runtime = "php8.4" }) end,
        }
        return { password = sp.secret("database") }
        """

    private static let full = JournalError(.unwritten, "the disk is full")

    /// How many commits an undisturbed run has.
    private static func commits() async throws -> Int {
        let runner = DurableRunner(lua)
        let store = HookedStore(base: runner.store) { _, _ throws(JournalError) in }
        #expect(try await runner.live(store: store).failure == nil)
        return store.count
    }

    private static var impatient: RunLimits {
        var limits = RunLimits()
        (limits.journalPatience.busyTries, limits.journalPatience.failedTries) = (0, 0)
        return limits
    }

    @Test(
        "stops the run before any other request, and the run resumes with its passwords",
        arguments: [false, true])
    func everyCommit(_ isLasting: Bool) async throws {
        for failing in 1...(try await Self.commits()) {
            let runner = DurableRunner(Self.lua)
            let hasFailed = Mutex(false)
            let store = HookedStore(base: runner.store) { number, _ throws(JournalError) in
                guard number == failing || (isLasting && number > failing) else { return }
                hasFailed.withLock { $0 = true }
                throw Self.full
            }
            let late = Recorder<String>()
            let first = try await runner.live(limits: Self.impatient, store: store) {
                WatchedTransport(base: $0) { request in
                    if request.method != .get, hasFailed.withLock({ $0 }) {
                        late.add("\(request.method) \(request.path)")
                    }
                }
            }
            #expect(first.failure?.code == "journal_unwritten", "\(failing): \(first.failure?.description ?? "done")")
            #expect(late.take() == [], "\(failing): nothing is sent after it")
            #expect(store.count == failing, "\(failing): nor is anything written after it")
            let second = try await runner.live()
            #expect(second.failure == nil, "\(failing): \(second.failure?.description ?? "")")
            let secrets = try await runner.store.entries(of: runner.header.id).filter { $0.kind == .secret }
            #expect(Set(secrets.map(\.operation)) == ["user", "database"], "\(failing)")
            let password = second.result?["password"]?.stringValue
            #expect(
                secrets.last { $0.operation == "database" }?.content == .secret(name: "database", value: password ?? "")
            )
            #expect(runner.serverPilot.account.databases.values.count { $0.name == "acme" } == 1, "\(failing)")
            #expect(runner.picture.contains { $0.contains("acme php8.4") }, "\(failing): \(runner.picture)")
        }
    }

    @Test("a temporary failure is retried without effect on the run", arguments: [JournalError.Code.busy, .unwritten])
    func passing(_ code: JournalError.Code) async throws {
        let limits = RunLimits()
        let tries = code == .busy ? limits.journalPatience.busyTries : limits.journalPatience.failedTries
        for failing in 1...(try await Self.commits()) {
            let runner = DurableRunner(Self.lua)
            let left = Mutex(tries)
            let store = HookedStore(base: runner.store) { number, _ throws(JournalError) in
                guard number >= failing else { return }
                let fails = left.withLock { left in
                    left -= 1
                    return left >= 0
                }
                if fails { throw JournalError(code, "for now") }
            }
            let life = try await runner.live(store: store)
            #expect(life.failure == nil, "\(failing): \(life.failure?.description ?? "")")
            #expect(life.changes.count == 4)
        }
    }

    @Test("a permanent failure stops the run after a limited time", arguments: [JournalError.Code.busy, .unwritten])
    func lasting(_ code: JournalError.Code) async throws {
        let runner = DurableRunner(Self.lua)
        let store = HookedStore(base: runner.store) { _, _ throws(JournalError) in throw JournalError(code, "for good")
        }
        let began = runner.clock.now
        let life = try await runner.live(store: store)
        #expect(life.failure?.code == (code == .busy ? "journal_busy" : "journal_unwritten"))
        #expect(life.posts == [])
        #expect(runner.clock.now - began < .seconds(60))
    }
}

/// A transport that tells of each request before it goes on.
struct WatchedTransport: Transport {
    let base: any Transport
    let tell: @Sendable (WireRequest) async -> Void

    init(base: any Transport, _ tell: @escaping @Sendable (WireRequest) async -> Void) {
        self.base = base
        self.tell = tell
    }

    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        await tell(request)
        return try await base.send(request)
    }
}
