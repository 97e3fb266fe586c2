import DurableSteps
import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import SprunTesting
import Synchronization
import Testing

/// The journal contains a run from its first change on.
@Suite("A run that has changed nothing", .timeLimit(.minutes(5)))
struct UnchangedRunTests {
    private static let reads = """
        local names = {}
        for i, app in ipairs(sp.apps()) do names[i] = app.name end
        local secret = sp.secret("unused")
        sp.sleep("1s")
        return { first = names[1], at = sp.time() > 0, n = sp.random(4) ~= nil, page = http.get("https://api.example/").json }
        """

    private static let web = ScriptedWeb { _, _ in .json(200, "[1]") }

    /// Runs a recipe, and expects that the store has nothing of it.
    private static func expectNothing(
        _ lua: String, failing code: String?, fate: Fate = Fate(),
        prepare: (RecipeRun) -> Void = { _ in }
    ) async throws {
        let runner = DurableRunner(lua, surroundings: { web.surroundings($0) })
        let life = try await runner.live(fate, prepare: prepare)
        #expect(life.failure?.code == code, "\(life.failure?.description ?? "done")")
        #expect(try await runner.store.runs() == [])
        #expect(try await runner.store.epoch(of: "a") == 0)
        #expect(runner.store.commits == [])
    }

    @Test("leaves nothing in the store: done, failed or cancelled")
    func nothing() async throws {
        try await Self.expectNothing(Self.reads, failing: nil)
        try await Self.expectNothing(Self.reads.replacing("return", with: "error('no') return"), failing: "lua_error")
        try await Self.expectNothing("sp.server('nothing')", failing: "not_found")
        try await Self.expectNothing(Self.reads, failing: "cancelled") { $0.cancel() }
        // Arguments are checked before anything is recorded.
        try await Self.expectNothing("sp.create_server{ nmae = 'x' }", failing: "invalid_arguments")
    }

    @Test("is begun by its first change: reads and intent are one commit, which also takes the account over")
    func firstChange() async throws {
        let runner = DurableRunner(
            Self.reads.replacing(
                "return", with: "sp.create_sshkey{ name = 'k', public_key = 'ssh-ed25519 AAAAk' } return"),
            surroundings: { Self.web.surroundings($0) })
        let begun = Mutex(0)
        let store = HookedStore(base: runner.store) { _, _ throws(JournalError) in begun.withLock { $0 += 1 } }
        let life = try await runner.live(store: store)
        #expect(life.failure == nil, "\(life.failure?.description ?? "")")
        let commits = runner.store.commits
        #expect(commits.map { $0.last?.kind } == [.intent, .outcome, .ended])
        let first = try #require(commits.first)
        #expect(first.contains { $0.operation == "apps" } && first.contains { $0.kind == .secret })
        #expect(first.contains { $0.operation == "sleep" })
        #expect(try await runner.store.epoch(of: "a") == 1)
        #expect(begun.withLock { $0 } == 3)
    }

    @Test("that dies before its first change never happened; once it has sent a request, it is recorded")
    func dies() async throws {
        let whole = Fate()
        _ = try await DurableRunner(CrashTests.together).live(whole)
        var (unrecorded, recorded) = (0, 0)
        for moment in 1...whole.moments {
            let runner = DurableRunner(CrashTests.together)
            let life = try await runner.live(Fate(dyingAt: moment))
            let isRecorded = try await !runner.store.runs().isEmpty
            #expect(isRecorded || life.posts == [], "\(moment): \(life.posts)")
            if isRecorded { recorded += 1 } else { unrecorded += 1 }
        }
        #expect(unrecorded > 4 && recorded > 20, "\(unrecorded), \(recorded)")
    }

    @Test("is fenced by an owner that took the account over since it began, and sends nothing")
    func fenced() async throws {
        let runner = DurableRunner(#"sp.apps() sp.create_server{ name = "www9" }"#)
        let isFirst = Mutex(true)
        let life = try await runner.live {
            WatchedTransport(base: $0) { _ in
                let first = isFirst.withLock { first in
                    defer { first = false }
                    return first
                }
                if first { runner.store.raiseEpoch(of: "a") }
            }
        }
        #expect(life.failure?.code == "fenced", "\(life.failure?.description ?? "done")")
        #expect(life.posts == [])
        #expect(try await runner.store.runs() == [])
    }

    @Test("is recorded before an observation sends a generated secret")
    func secret() async throws {
        let counts = Recorder<Int>()
        let runner = Mutex<DurableRunner?>(nil)
        let web = ScriptedWeb { _, _ in
            counts.add(runner.withLock { $0?.store.commits.flatMap(\.self).count { $0.kind == .secret } } ?? -1)
            return .json(200, "[]")
        }
        let made = DurableRunner(
            """
            http.get("https://api.example/first")
            http.get("https://api.example/?t=" .. sp.secret("one"))
            http.get("https://api.example/?t=" .. sp.secret("two"))
            http.get("https://api.example/?t=" .. sp.secret("two"))
            """, surroundings: { web.surroundings($0) })
        runner.withLock { $0 = made }
        let life = try await made.live()
        #expect(life.failure == nil, "\(life.failure?.description ?? "")")
        #expect(counts.all == [0, 1, 2, 2])
        let run = try #require(try await made.store.runs().first)
        #expect(run.status == .done)
        // One commit before each new secret is sent, and the end.
        #expect(made.store.commits.count == 3)
        #expect(try await made.store.entries(of: made.header.id).secretsInUse == ["one", "two"])
    }

    @Test("is recorded if its reads would take too much memory, and a resumed run does not repeat them")
    func many() async throws {
        let lua = """
            for i = 1, 20 do sp.apps() end
            sp.create_server{ nmae = "x" }
            """
        var limits = RunLimits()
        limits.keptReads = 20_000
        let runner = DurableRunner(lua)
        let life = try await runner.live(limits: limits)
        #expect(life.failure?.code == "invalid_arguments", "\(life.failure?.description ?? "done")")
        #expect(try await runner.store.runs().first?.status == .failed)
        let commits = runner.store.commits
        #expect(commits.count > 2 && commits.count < 20, "\(commits.map(\.count))")
        #expect(commits.flatMap(\.self).count { $0.operation == "apps" } == 20)
        let again = try await runner.live(lua: lua, limits: limits)
        #expect(again.requests == [])
        let few = DurableRunner(lua)
        _ = try await few.live()
        #expect(few.store.commits == [])
    }

    @Test("needs no resume: the next run does all")
    func again() async throws {
        let runner = DurableRunner(#"sp.apps() sp.create_server{ name = "www9" }"#)
        let first = try await runner.live(Fate(dyingAt: 2))
        #expect(first.failure != nil)
        #expect(try await runner.store.runs() == [])
        let second = try await runner.live()
        #expect(second.failure == nil && second.changes.count == 1)
    }
}
